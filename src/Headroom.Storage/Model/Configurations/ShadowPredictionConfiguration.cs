using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ShadowPredictionConfiguration : IEntityTypeConfiguration<ShadowPredictionRow>
{
    public void Configure(EntityTypeBuilder<ShadowPredictionRow> builder)
    {
        builder.ToTable("shadow_predictions");
        builder.HasKey(prediction => new { prediction.HostId, prediction.EntityId, prediction.At, prediction.VersionId }).HasName("shadow_predictions_pkey");
        builder.Property(prediction => prediction.VersionId).HasColumnName("version_id");
        builder.Property(prediction => prediction.HostId).HasColumnName("host_id");
        builder.Property(prediction => prediction.EntityId).HasColumnName("entity_id");
        builder.Property(prediction => prediction.At).HasColumnName("at");
        builder.Property(prediction => prediction.Value).HasColumnName("value");
        builder.Property(prediction => prediction.Lower).HasColumnName("lower");
        builder.Property(prediction => prediction.Upper).HasColumnName("upper");
        builder.HasOne<ModelVersionRow>().WithMany().HasForeignKey(prediction => prediction.VersionId).HasConstraintName("shadow_predictions_version_id_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(prediction => prediction.At).HasDatabaseName("shadow_predictions_at_index");
        builder.HasIndex(prediction => prediction.VersionId).HasDatabaseName("shadow_predictions_version_id_index");
    }
}
