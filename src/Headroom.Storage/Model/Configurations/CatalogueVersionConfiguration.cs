using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class CatalogueVersionConfiguration : IEntityTypeConfiguration<CatalogueVersionRow>
{
    public void Configure(EntityTypeBuilder<CatalogueVersionRow> builder)
    {
        builder.ToTable("catalogue_versions");
        builder.HasKey(version => version.Version).HasName("catalogue_versions_pkey");
        builder.Property(version => version.Version).HasColumnName("version");
        builder.Property(version => version.RecordedAt).HasColumnName("recorded_at");
        builder.Property(version => version.Version).ValueGeneratedNever();
    }
}
