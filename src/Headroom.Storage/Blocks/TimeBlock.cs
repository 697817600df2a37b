namespace Headroom.Storage.Blocks;

/// <summary>
/// The times of the rows of an hour as bytes: microseconds since its start, as steps of the steps, since an agent ticks evenly.
/// </summary>
internal static class TimeBlock
{
    public static byte[] Write(ReadOnlySpan<long> microseconds)
    {
        var steps = new long[microseconds.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = i == 0 ? microseconds[0] : microseconds[i] - microseconds[i - 1];
        }

        var (even, jittery) = (new BlockWriter(), new BlockWriter());
        WholeNumbers.WriteSteps(even, steps);
        WholeNumbers.WriteDistances(jittery, steps);
        var block = new BlockWriter();
        block.WriteVarint((ulong)microseconds.Length);
        block.WriteByte(even.Length <= jittery.Length ? (byte)0 : (byte)1);
        block.WriteBytes(even.Length <= jittery.Length ? even.Written : jittery.Written);
        return block.ToArray();
    }

    public static long[] Read(ReadOnlySpan<byte> bytes)
    {
        var block = new BlockCursor(bytes);
        var count = block.ReadCount();
        var times = block.ReadByte() == 0 ? WholeNumbers.ReadSteps(ref block, count) : WholeNumbers.ReadDistances(ref block, count);
        for (var i = 1; i < count; i++)
        {
            times[i] += times[i - 1];
        }

        return times;
    }
}
