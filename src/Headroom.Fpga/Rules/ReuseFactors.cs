using System.Collections.Concurrent;

namespace Headroom.Fpga.Rules;

/// <summary>
/// hls4ml's rule of valid reuse factors for a matrix product of n inputs and m outputs. With limit = ceil(n m / min(n, rf)), rf is valid when
/// it divides n m, when m divides limit or rf is at least n, and when rf is a multiple of n or less than n.
/// Domain: dense, convolution and recurrent products under strategy resource. Rate on real records is printed by <c>headroom evaluate fpga</c>, table <c>rules</c>.
/// </summary>
public static class ReuseFactors
{
    /// <summary>Shapes remembered at most: strangers send networks, and every shape they think of would stay.</summary>
    private const int MostKnown = 1 << 16;

    private static readonly ConcurrentDictionary<(int, int), int[]> Known = new();

    /// <summary>All valid reuse factors of a product, ascending; never empty (1 is always valid).</summary>
    public static IReadOnlyList<int> Valid(int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        return Known.GetOrAdd((inputs, outputs), static shape =>
        {
            if (Known.Count >= MostKnown)
            {
                Known.Clear();
            }

            return Search(shape.Item1, shape.Item2);
        });
    }

    public static bool IsValid(int inputs, int outputs, int reuseFactor)
    {
        var weights = (long)inputs * outputs;
        if (reuseFactor < 1 || weights % reuseFactor != 0)
        {
            return false;
        }

        var multiplierInputs = Math.Min(inputs, reuseFactor);
        var limit = (weights + multiplierInputs - 1) / multiplierInputs;
        return (limit % outputs == 0 || reuseFactor >= inputs) && (reuseFactor % inputs == 0 || reuseFactor < inputs);
    }

    /// <summary>The valid reuse factor hls4ml takes for a request: the closest one, the smaller on a tie.</summary>
    public static int Nearest(int inputs, int outputs, int requested)
    {
        var valid = Valid(inputs, outputs);
        var best = valid[0];
        foreach (var candidate in valid)
        {
            if (Math.Abs((long)candidate - requested) < Math.Abs((long)best - requested))
            {
                best = candidate;
            }
        }

        return best;
    }

    private static int[] Search(int inputs, int outputs)
    {
        var weights = (long)inputs * outputs;
        var found = new List<int>();
        for (var low = 1L; low * low <= weights; low++)
        {
            if (weights % low != 0)
            {
                continue;
            }

            Keep(low);
            if (low != weights / low)
            {
                Keep(weights / low);
            }
        }

        found.Sort();
        return [.. found];

        void Keep(long factor)
        {
            if (factor <= int.MaxValue && IsValid(inputs, outputs, (int)factor))
            {
                found.Add((int)factor);
            }
        }
    }
}
