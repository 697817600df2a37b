using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Model;

/// <summary>Entities, agents, catalogue, gaps and runs. Telemetry rows are not here: they are written by COPY and read by the readers.</summary>
public sealed class HeadroomDbContext(DbContextOptions<HeadroomDbContext> options) : DbContext(options)
{
    public DbSet<HostRow> Hosts => Set<HostRow>();

    public DbSet<AgentRow> Agents => Set<AgentRow>();

    public DbSet<EnrolmentTokenRow> EnrolmentTokens => Set<EnrolmentTokenRow>();

    public DbSet<IngestKeyRow> IngestKeys => Set<IngestKeyRow>();

    public DbSet<AgentEpochRow> AgentEpochs => Set<AgentEpochRow>();

    public DbSet<EntityRow> Entities => Set<EntityRow>();

    public DbSet<CatalogueVersionRow> CatalogueVersions => Set<CatalogueVersionRow>();

    public DbSet<CatalogueMetricRow> CatalogueMetrics => Set<CatalogueMetricRow>();

    public DbSet<GapRow> Gaps => Set<GapRow>();

    public DbSet<RunRow> Runs => Set<RunRow>();

    public DbSet<FpgaBoardRow> FpgaBoards => Set<FpgaBoardRow>();

    public DbSet<WorkRow> Work => Set<WorkRow>();

    public DbSet<WorkLogRow> WorkLog => Set<WorkLogRow>();

    public DbSet<ModelFileRow> ModelFiles => Set<ModelFileRow>();

    public DbSet<ModelVersionRow> ModelVersions => Set<ModelVersionRow>();

    public DbSet<ModelMetricRow> ModelMetrics => Set<ModelMetricRow>();

    public DbSet<ModelDecisionRow> ModelDecisions => Set<ModelDecisionRow>();

    public DbSet<ModelAlarmRow> ModelAlarms => Set<ModelAlarmRow>();

    public DbSet<JobScheduleRow> JobSchedules => Set<JobScheduleRow>();

    public DbSet<CapacityAdviceRow> CapacityAdvice => Set<CapacityAdviceRow>();

    public DbSet<CapacityOutcomeRow> CapacityOutcomes => Set<CapacityOutcomeRow>();

    public DbSet<InterferencePredictionRow> InterferencePredictions => Set<InterferencePredictionRow>();

    public DbSet<ShadowPredictionRow> ShadowPredictions => Set<ShadowPredictionRow>();

    public DbSet<VerifiedPredictionRow> VerifiedPredictions => Set<VerifiedPredictionRow>();

    public DbSet<PowerDecisionRow> PowerDecisions => Set<PowerDecisionRow>();

    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<ProtectionKeyRow> ProtectionKeys => Set<ProtectionKeyRow>();

    public DbSet<AlertRuleRow> AlertRules => Set<AlertRuleRow>();

    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    public DbSet<AlertSilenceRow> AlertSilences => Set<AlertSilenceRow>();

    public DbSet<AlertChannelRow> AlertChannels => Set<AlertChannelRow>();

    public DbSet<AlertDeliveryRow> AlertDeliveries => Set<AlertDeliveryRow>();

    public DbSet<NoteRow> Notes => Set<NoteRow>();

    public DbSet<SavedViewRow> SavedViews => Set<SavedViewRow>();

    public DbSet<IdempotentRequestRow> IdempotentRequests => Set<IdempotentRequestRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(HeadroomDbContext).Assembly);
}
