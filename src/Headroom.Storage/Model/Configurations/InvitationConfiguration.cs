using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<InvitationRow>
{
    public void Configure(EntityTypeBuilder<InvitationRow> builder)
    {
        builder.ToTable("invitations");
        builder.HasKey(invitation => invitation.InvitationId).HasName("invitations_pkey");
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique().HasDatabaseName("invitations_token_hash_key");
        builder.Property(invitation => invitation.InvitationId).HasColumnName("invitation_id").ValueGeneratedNever();
        builder.Property(invitation => invitation.TokenHash).HasColumnName("token_hash");
        builder.Property(invitation => invitation.Address).HasColumnName("address");
        builder.Property(invitation => invitation.Role).HasColumnName("role").HasConversion<short>();
        builder.Property(invitation => invitation.CreatedBy).HasColumnName("created_by");
        builder.Property(invitation => invitation.CreatedAt).HasColumnName("created_at");
        builder.Property(invitation => invitation.ExpiresAt).HasColumnName("expires_at");
        builder.Property(invitation => invitation.UsedAt).HasColumnName("used_at");
        builder.Property(invitation => invitation.RevokedAt).HasColumnName("revoked_at");
    }
}
