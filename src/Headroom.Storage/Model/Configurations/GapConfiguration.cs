using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class GapConfiguration : IEntityTypeConfiguration<GapRow>
{
    public void Configure(EntityTypeBuilder<GapRow> builder)
    {
        builder.ToTable("gaps");
        builder.HasKey(gap => new { gap.HostId, gap.AgentId, gap.Epoch, gap.FirstSequence, gap.LastSequence, gap.Reason }).HasName("gaps_pkey");
        builder.Property(gap => gap.HostId).HasColumnName("host_id");
        builder.Property(gap => gap.AgentId).HasColumnName("agent_id");
        builder.Property(gap => gap.Epoch).HasColumnName("epoch");
        builder.Property(gap => gap.FirstSequence).HasColumnName("first_sequence");
        builder.Property(gap => gap.LastSequence).HasColumnName("last_sequence");
        builder.Property(gap => gap.Reason).HasColumnName("reason");
        builder.Property(gap => gap.FromAt).HasColumnName("from_at");
        builder.Property(gap => gap.ToAt).HasColumnName("to_at");
        builder.Property(gap => gap.FrameCount).HasColumnName("frame_count");
        builder.HasIndex(gap => new { gap.HostId, gap.ToAt }).HasDatabaseName("gaps_host_id_to_at_index");
    }
}
