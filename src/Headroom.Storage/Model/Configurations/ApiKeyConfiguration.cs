using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKeyRow>
{
    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.KeyId).HasName("api_keys_pkey");
        builder.HasIndex(key => key.KeyHash).IsUnique().HasDatabaseName("api_keys_key_hash_key");
        builder.HasIndex(key => key.PersonId).HasDatabaseName("api_keys_person_id_idx");
        builder.Property(key => key.KeyId).HasColumnName("key_id").ValueGeneratedNever();
        builder.Property(key => key.PersonId).HasColumnName("person_id");
        builder.Property(key => key.Name).HasColumnName("name");
        builder.Property(key => key.KeyHash).HasColumnName("key_hash");
        builder.Property(key => key.Scope).HasColumnName("scope").HasConversion<short>();
        builder.Property(key => key.CreatedAt).HasColumnName("created_at");
        builder.Property(key => key.ExpiresAt).HasColumnName("expires_at");
        builder.Property(key => key.UsedAt).HasColumnName("used_at");
        builder.Property(key => key.RevokedAt).HasColumnName("revoked_at");
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(key => key.PersonId).HasConstraintName("api_keys_person_id_fkey");
    }
}
