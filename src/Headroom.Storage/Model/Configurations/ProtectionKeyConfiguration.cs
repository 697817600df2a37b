using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ProtectionKeyConfiguration : IEntityTypeConfiguration<ProtectionKeyRow>
{
    public void Configure(EntityTypeBuilder<ProtectionKeyRow> builder)
    {
        builder.ToTable("protection_keys");
        builder.HasKey(key => key.Name).HasName("protection_keys_pkey");
        builder.Property(key => key.Name).HasColumnName("name");
        builder.Property(key => key.Xml).HasColumnName("xml");
    }
}
