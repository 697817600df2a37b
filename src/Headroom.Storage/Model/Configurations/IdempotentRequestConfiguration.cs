using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequestRow>
{
    public void Configure(EntityTypeBuilder<IdempotentRequestRow> builder)
    {
        builder.ToTable("idempotent_requests");
        builder.HasKey(request => request.KeyHash).HasName("idempotent_requests_pkey");
        builder.Property(request => request.KeyHash).HasColumnName("key_hash");
        builder.Property(request => request.RequestHash).HasColumnName("request_hash");
        builder.Property(request => request.ClaimedAt).HasColumnName("claimed_at");
        builder.Property(request => request.ExpiresAt).HasColumnName("expires_at");
        builder.Property(request => request.Answer).HasColumnName("answer");
        builder.HasIndex(request => request.ExpiresAt).HasDatabaseName("idempotent_requests_expires_at");
    }
}
