using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class CatalogueMetricConfiguration : IEntityTypeConfiguration<CatalogueMetricRow>
{
    public void Configure(EntityTypeBuilder<CatalogueMetricRow> builder)
    {
        builder.ToTable("catalogue_metrics");
        builder.HasKey(metric => new { metric.Version, metric.Kind, metric.Ordinal }).HasName("catalogue_metrics_pkey");
        builder.Property(metric => metric.Version).HasColumnName("version");
        builder.Property(metric => metric.Kind).HasColumnName("kind");
        builder.Property(metric => metric.Ordinal).HasColumnName("ordinal");
        builder.Property(metric => metric.Name).HasColumnName("name");
        builder.Property(metric => metric.Unit).HasColumnName("unit");
        builder.Property(metric => metric.MetricKind).HasColumnName("metric_kind");
        builder.Property(metric => metric.Group).HasColumnName("metric_group");
        builder.Property(metric => metric.Source).HasColumnName("source");
        builder.Property(metric => metric.Description).HasColumnName("description");
        builder.Property(metric => metric.Kind).HasConversion<short>();
        builder.Property(metric => metric.MetricKind).HasConversion<short>();
        builder.HasOne<CatalogueVersionRow>().WithMany().HasForeignKey(metric => metric.Version).HasConstraintName("catalogue_metrics_version_fkey");
    }
}
