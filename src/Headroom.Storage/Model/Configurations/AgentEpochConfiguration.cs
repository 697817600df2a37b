using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AgentEpochConfiguration : IEntityTypeConfiguration<AgentEpochRow>
{
    public void Configure(EntityTypeBuilder<AgentEpochRow> builder)
    {
        builder.ToTable("agent_epochs");
        builder.HasKey(epoch => new { epoch.HostId, epoch.AgentId, epoch.Epoch }).HasName("agent_epochs_pkey");
        builder.Property(epoch => epoch.HostId).HasColumnName("host_id");
        builder.Property(epoch => epoch.AgentId).HasColumnName("agent_id");
        builder.Property(epoch => epoch.Epoch).HasColumnName("epoch");
        builder.Property(epoch => epoch.AcknowledgedSequence).HasColumnName("acknowledged_sequence");
        builder.Property(epoch => epoch.LastFrameAt).HasColumnName("last_frame_at");
        builder.Property(epoch => epoch.UpdatedAt).HasColumnName("updated_at");
    }
}
