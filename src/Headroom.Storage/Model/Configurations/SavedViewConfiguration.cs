using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedViewRow>
{
    public void Configure(EntityTypeBuilder<SavedViewRow> builder)
    {
        builder.ToTable("saved_views");
        builder.HasKey(view => view.Name).HasName("saved_views_pkey");
        builder.Property(view => view.Name).HasColumnName("name");
        builder.Property(view => view.Address).HasColumnName("address");
        builder.Property(view => view.By).HasColumnName("saved_by");
        builder.Property(view => view.SavedAt).HasColumnName("saved_at");
    }
}
