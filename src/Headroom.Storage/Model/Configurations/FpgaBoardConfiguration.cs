using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class FpgaBoardConfiguration : IEntityTypeConfiguration<FpgaBoardRow>
{
    public void Configure(EntityTypeBuilder<FpgaBoardRow> builder)
    {
        builder.ToTable("fpga_boards");
        builder.HasKey(board => board.Name).HasName("fpga_boards_pkey");
        builder.Property(board => board.Name).HasColumnName("name");
        builder.Property(board => board.Part).HasColumnName("part");
        builder.Property(board => board.Lut).HasColumnName("lut");
        builder.Property(board => board.FlipFlop).HasColumnName("flip_flop");
        builder.Property(board => board.Dsp).HasColumnName("dsp");
        builder.Property(board => board.BlockRam18).HasColumnName("block_ram_18");
        builder.Property(board => board.UltraRam).HasColumnName("ultra_ram");
        builder.Property(board => board.Source).HasColumnName("source");
        builder.Property(board => board.AddedAt).HasColumnName("added_at");
    }
}
