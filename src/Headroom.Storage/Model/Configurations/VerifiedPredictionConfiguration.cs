using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class VerifiedPredictionConfiguration : IEntityTypeConfiguration<VerifiedPredictionRow>
{
    public void Configure(EntityTypeBuilder<VerifiedPredictionRow> builder)
    {
        builder.ToTable("verified_predictions");
        builder.HasKey(verified => new { verified.HostId, verified.RunId }).HasName("verified_predictions_pkey");
        builder.Property(verified => verified.HostId).HasColumnName("host_id");
        builder.Property(verified => verified.RunId).HasColumnName("run_id").ValueGeneratedNever();
        builder.Property(verified => verified.EntityId).HasColumnName("entity_id");
        builder.Property(verified => verified.Workload).HasColumnName("workload");
        builder.Property(verified => verified.EndedAt).HasColumnName("ended_at");
        builder.Property(verified => verified.Truth).HasColumnName("truth");
        builder.Property(verified => verified.Value).HasColumnName("value");
        builder.Property(verified => verified.Lower).HasColumnName("lower");
        builder.Property(verified => verified.Upper).HasColumnName("upper");
        builder.Property(verified => verified.Level).HasColumnName("level");
        builder.Property(verified => verified.Windows).HasColumnName("windows");
        builder.Property(verified => verified.OutsideWindows).HasColumnName("outside_windows");
        builder.Property(verified => verified.ModelId).HasColumnName("model_id");
        builder.Property(verified => verified.VerifiedAt).HasColumnName("verified_at");
        builder.Property(verified => verified.WorkId).HasColumnName("work_id");
        builder.HasOne<RunRow>().WithMany().HasForeignKey(verified => new { verified.HostId, verified.RunId }).HasConstraintName("verified_predictions_run_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(verified => new { verified.ModelId, verified.EndedAt }).HasDatabaseName("verified_predictions_model_id_ended_at_index");
        builder.HasIndex(verified => verified.WorkId).HasDatabaseName("verified_predictions_work_id_index");
    }
}
