using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AlertConfiguration : IEntityTypeConfiguration<AlertRow>
{
    public void Configure(EntityTypeBuilder<AlertRow> builder)
    {
        builder.ToTable("alerts");
        builder.HasKey(alert => alert.AlertId).HasName("alerts_pkey");
        builder.Property(alert => alert.AlertId).HasColumnName("alert_id").ValueGeneratedNever();
        builder.Property(alert => alert.RuleId).HasColumnName("rule_id");
        builder.Property(alert => alert.Rule).HasColumnName("rule");
        builder.Property(alert => alert.Severity).HasColumnName("severity").HasConversion<short>();
        builder.Property(alert => alert.Unit).HasColumnName("unit");
        builder.Property(alert => alert.Comparison).HasColumnName("comparison").HasConversion<short>();
        builder.Property(alert => alert.Threshold).HasColumnName("threshold");
        builder.Property(alert => alert.SubjectKey).HasColumnName("subject_key");
        builder.Property(alert => alert.Subject).HasColumnName("subject");
        builder.Property(alert => alert.HostId).HasColumnName("host_id");
        builder.Property(alert => alert.Host).HasColumnName("host");
        builder.Property(alert => alert.EntityId).HasColumnName("entity_id");
        builder.Property(alert => alert.GroupKey).HasColumnName("group_key");
        builder.Property(alert => alert.State).HasColumnName("state").HasConversion<short>();
        builder.Property(alert => alert.PendingAt).HasColumnName("pending_at");
        builder.Property(alert => alert.HeldSeconds).HasColumnName("held_seconds");
        builder.Property(alert => alert.BreachAt).HasColumnName("breach_at");
        builder.Property(alert => alert.FiredAt).HasColumnName("fired_at");
        builder.Property(alert => alert.ResolvedAt).HasColumnName("resolved_at");
        builder.Property(alert => alert.ResolvedBecause).HasColumnName("resolved_because");
        builder.Property(alert => alert.Value).HasColumnName("value");
        builder.Property(alert => alert.Worst).HasColumnName("worst");
        builder.Property(alert => alert.ValueAt).HasColumnName("value_at");
        builder.Property(alert => alert.NoData).HasColumnName("no_data");
        builder.Property(alert => alert.ToldAt).HasColumnName("told_at");
        builder.Property(alert => alert.MutedAt).HasColumnName("muted_at");
        builder.Property(alert => alert.EndToldAt).HasColumnName("end_told_at");
        builder.HasIndex(alert => new { alert.RuleId, alert.SubjectKey }).IsUnique().HasFilter("state <> 2").HasDatabaseName("alerts_one_open");
        builder.HasIndex(alert => new { alert.State, alert.PendingAt }).HasDatabaseName("alerts_state_pending_at_index");
        builder.HasIndex(alert => alert.PendingAt).HasDatabaseName("alerts_pending_at_index");
    }
}
