namespace Headroom.Storage.Blocks;

/// <summary>Roll-ups of one metric over an hour. Entry i is bucket i of the hour; a count of 0 is a gap.</summary>
internal sealed record RollUpColumn(int[] Count, float[] Min, float[] Max, float[] Mean)
{
    public RollUpColumn(int buckets)
        : this(new int[buckets], new float[buckets], new float[buckets], new float[buckets])
    {
    }
}

/// <summary>A <see cref="RollUpColumn"/> as bytes, exact to the bit.</summary>
internal static class RollUpBlock
{
    public static byte[] Write(RollUpColumn column)
    {
        var block = new BlockWriter();
        block.WriteVarint((ulong)column.Count.Length);
        PlaneCoder.Write(block, Array.ConvertAll(column.Count, count => (ulong)count));
        var present = Array.ConvertAll(column.Count, count => count > 0);
        MetricBlock.Write(block, new MetricColumn(present, column.Min));
        MetricBlock.Write(block, new MetricColumn(present, column.Max));
        MetricBlock.Write(block, new MetricColumn(present, column.Mean));
        return block.ToArray();
    }

    public static RollUpColumn Read(ReadOnlySpan<byte> bytes)
    {
        var block = new BlockCursor(bytes);
        var buckets = block.ReadCount();
        var count = Array.ConvertAll(PlaneCoder.Read(ref block, buckets), value => (int)value);
        return new RollUpColumn(count, MetricBlock.Read(ref block).Values, MetricBlock.Read(ref block).Values, MetricBlock.Read(ref block).Values);
    }
}
