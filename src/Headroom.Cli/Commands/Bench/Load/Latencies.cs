using System.Collections.Concurrent;

namespace Headroom.Cli.Commands.Bench.Load;

/// <summary>Times of many answers, gathered from many threads.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>The value that a share of all answers stays below, in milliseconds; null before the first.</summary>
    public double? Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
