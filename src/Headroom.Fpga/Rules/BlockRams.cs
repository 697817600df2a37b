namespace Headroom.Fpga.Rules;

/// <summary>How many 18 Kb block RAMs a memory takes, by the widths the block offers (AMD UG573, "Block RAM", simple and true dual port modes).</summary>
public static class BlockRams
{
    private static readonly (int Depth, int Width)[] Shapes = [(512, 36), (1024, 18), (2048, 9), (4096, 4), (8192, 2), (16384, 1)];

    /// <summary>Blocks for <paramref name="depth"/> words of <paramref name="width"/> bits: the smallest over the shapes. A depth of one is registers: zero.</summary>
    public static long Count(long depth, long width)
    {
        if (depth <= 1 || width <= 0)
        {
            return 0;
        }

        var best = long.MaxValue;
        foreach (var (blockDepth, blockWidth) in Shapes)
        {
            best = Math.Min(best, Ceiling(depth, blockDepth) * Ceiling(width, blockWidth));
        }

        return best;
    }

    private static long Ceiling(long value, long divisor) => (value + divisor - 1) / divisor;
}
