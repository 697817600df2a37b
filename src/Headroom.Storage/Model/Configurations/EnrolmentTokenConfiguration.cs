using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class EnrolmentTokenConfiguration : IEntityTypeConfiguration<EnrolmentTokenRow>
{
    public void Configure(EntityTypeBuilder<EnrolmentTokenRow> builder)
    {
        builder.ToTable("enrolment_tokens");
        builder.HasKey(token => token.TokenHash).HasName("enrolment_tokens_pkey");
        builder.Property(token => token.TokenHash).HasColumnName("token_hash");
        builder.Property(token => token.Note).HasColumnName("note");
        builder.Property(token => token.CreatedAt).HasColumnName("created_at");
        builder.Property(token => token.ExpiresAt).HasColumnName("expires_at");
        // Tokens that an earlier version stored enrol one agent.
        builder.Property(token => token.UsesLeft).HasColumnName("uses_left").HasDefaultValue(1);
        builder.Property(token => token.UsedAt).HasColumnName("used_at");
        builder.Property(token => token.UsedByAgentId).HasColumnName("used_by_agent_id");
    }
}
