using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class IngestKeyConfiguration : IEntityTypeConfiguration<IngestKeyRow>
{
    public void Configure(EntityTypeBuilder<IngestKeyRow> builder)
    {
        builder.ToTable("ingest_keys");
        builder.HasKey(key => key.KeyId).HasName("ingest_keys_pkey");
        builder.Property(key => key.KeyId).HasColumnName("key_id");
        builder.Property(key => key.Name).HasColumnName("name");
        builder.Property(key => key.KeyHash).HasColumnName("key_hash");
        builder.Property(key => key.CreatedAt).HasColumnName("created_at");
        builder.Property(key => key.RevokedAt).HasColumnName("revoked_at");
        builder.Property(key => key.KeyId).ValueGeneratedNever();
    }
}
