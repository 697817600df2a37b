using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ModelMetricConfiguration : IEntityTypeConfiguration<ModelMetricRow>
{
    public void Configure(EntityTypeBuilder<ModelMetricRow> builder)
    {
        builder.ToTable("model_metrics");
        builder.HasKey(metric => new { metric.VersionId, metric.Source, metric.Slice, metric.Name, metric.At }).HasName("model_metrics_pkey");
        builder.Property(metric => metric.VersionId).HasColumnName("version_id");
        builder.Property(metric => metric.Source).HasColumnName("source");
        builder.Property(metric => metric.Slice).HasColumnName("slice");
        builder.Property(metric => metric.Name).HasColumnName("name");
        builder.Property(metric => metric.At).HasColumnName("at");
        builder.Property(metric => metric.Value).HasColumnName("value");
        builder.Property(metric => metric.Unit).HasColumnName("unit");
        builder.Property(metric => metric.Rows).HasColumnName("rows");
        builder.HasOne<ModelVersionRow>().WithMany().HasForeignKey(metric => metric.VersionId).HasConstraintName("model_metrics_version_id_fkey").OnDelete(DeleteBehavior.Cascade);
    }
}
