namespace Headroom.Storage.Blocks;

/// <summary>Writes whole numbers as steps from one to the next, or as distances from the smallest, divided by their greatest common divisor.</summary>
internal static class WholeNumbers
{
    public static void WriteSteps(BlockWriter block, ReadOnlySpan<long> values)
    {
        var steps = new long[values.Length];
        for (var i = 1; i < values.Length; i++)
        {
            steps[i] = values[i] - values[i - 1];
        }

        var divisor = CommonDivisor(steps);
        block.WriteSigned(values.Length == 0 ? 0 : values[0]);
        block.WriteVarint((ulong)divisor);
        PlaneCoder.Write(block, Array.ConvertAll(steps, step => ZigZag.Encode(step / divisor)));
    }

    public static long[] ReadSteps(ref BlockCursor block, int count)
    {
        var value = block.ReadSigned();
        var divisor = (long)block.ReadVarint();
        var steps = PlaneCoder.Read(ref block, count);
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            value += ZigZag.Decode(steps[i]) * divisor;
            values[i] = value;
        }

        return values;
    }

    public static void WriteDistances(BlockWriter block, ReadOnlySpan<long> values)
    {
        var smallest = long.MaxValue;
        foreach (var value in values)
        {
            smallest = Math.Min(smallest, value);
        }

        var distances = new long[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            distances[i] = values[i] - smallest;
        }

        var divisor = CommonDivisor(distances);
        block.WriteSigned(values.Length == 0 ? 0 : smallest);
        block.WriteVarint((ulong)divisor);
        PlaneCoder.Write(block, Array.ConvertAll(distances, distance => (ulong)(distance / divisor)));
    }

    public static long[] ReadDistances(ref BlockCursor block, int count)
    {
        var smallest = block.ReadSigned();
        var divisor = (long)block.ReadVarint();
        return Array.ConvertAll(PlaneCoder.Read(ref block, count), distance => smallest + ((long)distance * divisor));
    }

    private static long CommonDivisor(ReadOnlySpan<long> values)
    {
        long divisor = 0;
        foreach (var value in values)
        {
            var rest = Math.Abs(value);
            while (rest != 0)
            {
                (divisor, rest) = (rest, divisor % rest);
            }

            if (divisor == 1)
            {
                return 1;
            }
        }

        return divisor == 0 ? 1 : divisor;
    }
}
