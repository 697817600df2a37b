namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Counts latencies in buckets 0.1 % wide (1024 per doubling): medians of millions of requests in a few kilobytes.</summary>
internal sealed class LatencyHistogram
{
    private const int Shift = 42;
    private const int Doublings = 30;
    private static readonly long Lowest = BitConverter.DoubleToInt64Bits(1.0 / 1024) >> Shift;

    private readonly int[] _counts = new int[Doublings << 10];

    public long Count { get; private set; }

    public void Add(double seconds)
    {
        var bucket = (BitConverter.DoubleToInt64Bits(seconds) >> Shift) - Lowest;
        _counts[Math.Clamp(bucket, 0, _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>The latency that a share of requests stays below, s; null without requests.</summary>
    public double? Quantile(double share)
    {
        var rank = share * Count;
        double seen = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (_counts[bucket] > 0 && seen + _counts[bucket] >= rank)
            {
                var (lower, upper) = (Edge(bucket), Edge(bucket + 1));
                return lower + ((upper - lower) * (rank - seen) / _counts[bucket]);
            }

            seen += _counts[bucket];
        }

        return null;
    }

    private static double Edge(int bucket) => BitConverter.Int64BitsToDouble((Lowest + bucket) << Shift);
}
