using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class RunConfiguration : IEntityTypeConfiguration<RunRow>
{
    public void Configure(EntityTypeBuilder<RunRow> builder)
    {
        builder.ToTable("runs");
        builder.HasKey(run => new { run.HostId, run.RunId }).HasName("runs_pkey");
        builder.Property(run => run.HostId).HasColumnName("host_id");
        builder.Property(run => run.RunId).HasColumnName("run_id");
        builder.Property(run => run.EntityId).HasColumnName("entity_id");
        builder.Property(run => run.Application).HasColumnName("application");
        builder.Property(run => run.Neighbours).HasColumnName("neighbours");
        builder.Property(run => run.StartedAt).HasColumnName("started_at");
        builder.Property(run => run.EndedAt).HasColumnName("ended_at");
        builder.Property(run => run.OutcomeName).HasColumnName("outcome_name");
        builder.Property(run => run.OutcomeUnit).HasColumnName("outcome_unit");
        builder.Property(run => run.OutcomeValue).HasColumnName("outcome_value");
        builder.Property(run => run.Attributes).HasColumnName("attributes");
        builder.Property(run => run.RunId).ValueGeneratedNever();
        builder.Property(run => run.Attributes).HasColumnType("jsonb").HasConversion(JsonText.Converter, JsonText.Comparer);
        builder.HasIndex(run => new { run.HostId, run.StartedAt }).HasDatabaseName("runs_host_id_started_at_index");
    }
}
