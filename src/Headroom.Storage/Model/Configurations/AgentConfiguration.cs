using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AgentConfiguration : IEntityTypeConfiguration<AgentRow>
{
    public void Configure(EntityTypeBuilder<AgentRow> builder)
    {
        builder.ToTable("agents");
        builder.HasKey(agent => agent.AgentId).HasName("agents_pkey");
        builder.Property(agent => agent.AgentId).HasColumnName("agent_id");
        builder.Property(agent => agent.HostId).HasColumnName("host_id");
        builder.Property(agent => agent.Source).HasColumnName("source");
        builder.Property(agent => agent.KeyHash).HasColumnName("key_hash");
        builder.Property(agent => agent.PreviousKeyHash).HasColumnName("previous_key_hash");
        builder.Property(agent => agent.PreviousKeyUntil).HasColumnName("previous_key_until");
        builder.Property(agent => agent.RotationWantedAt).HasColumnName("rotation_wanted_at");
        builder.Property(agent => agent.Version).HasColumnName("version");
        builder.Property(agent => agent.EnrolledAt).HasColumnName("enrolled_at");
        builder.Property(agent => agent.RevokedAt).HasColumnName("revoked_at");
        builder.Property(agent => agent.AgentId).ValueGeneratedNever();
        builder.HasIndex(agent => agent.KeyHash).IsUnique().HasDatabaseName("agents_key_hash_unique");
        builder.HasIndex(agent => agent.HostId).HasDatabaseName("agents_host_id_index");
        builder.HasOne<HostRow>().WithMany().HasForeignKey(agent => agent.HostId).HasConstraintName("agents_host_id_fkey");
    }
}
