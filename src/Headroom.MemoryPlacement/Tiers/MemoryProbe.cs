using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>A measured bandwidth: median and spread over the repeats that fitted in the time.</summary>
public sealed record ProbedBandwidth(string Operation, double BytesPerSecond, double Lower, double Upper, int Repeats);

/// <summary>What the probe found of one memory.</summary>
/// <param name="Bandwidths">Write, read and copy (both directions counted).</param>
/// <param name="LatencySeconds">Mean time of one dependent load.</param>
/// <param name="IsBound">Whether the buffers lay on the node asked for; else they lay where the kernel put them.</param>
public sealed record ProbedMemory(IReadOnlyList<ProbedBandwidth> Bandwidths, double LatencySeconds, bool IsBound)
{
    public double Of(string operation) => Bandwidths.Single(one => one.Operation == operation).BytesPerSecond;
}

/// <summary>
/// Own micro-benchmark: read, write and copy over buffers far larger than the caches, on every core this process may use, and a chain of dependent
/// loads; in bounded time. Buffers can be bound to one NUMA node.
/// </summary>
public static class MemoryProbe
{
    private const int Warmups = 1;
    private const int LoadsPerLook = 200_000;

    /// <param name="numaNode">Node the buffers shall lie on; null for wherever the kernel puts them.</param>
    /// <param name="bufferBytes">Bytes of each of the two buffers.</param>
    /// <param name="seconds">Time for each of the four measurements.</param>
    /// <param name="seed">Seed of the order of loads.</param>
    public static ProbedMemory Run(int? numaNode, long bufferBytes, double seconds, int seed, CancellationToken cancellationToken)
    {
        using var binding = numaNode is { } node ? NumaBinding.To(node) : null;
        return new ProbedMemory(Bandwidths(bufferBytes, seconds, cancellationToken), LatencySeconds(bufferBytes, seconds, seed, cancellationToken), binding is not null);
    }

    private static IReadOnlyList<ProbedBandwidth> Bandwidths(long bufferBytes, double seconds, CancellationToken cancellationToken)
    {
        var workers = Environment.ProcessorCount;
        var words = (int)Math.Min(int.MaxValue / 2, bufferBytes / sizeof(ulong) / workers);
        var source = Enumerable.Range(0, workers).Select(_ => new NativeWords(words)).ToArray();
        var target = Enumerable.Range(0, workers).Select(_ => new NativeWords(words)).ToArray();
        try
        {
            var sums = new ulong[workers * 8];
            double bytes = (double)words * workers * sizeof(ulong);
            return
            [
                Time("write", bytes, seconds, worker => target[worker].Span.Fill(1), workers, cancellationToken),
                Time("read", bytes, seconds, worker => sums[worker * 8] = Sum(source[worker].Span), workers, cancellationToken),
                Time("copy", 2 * bytes, seconds, worker => source[worker].Span.CopyTo(target[worker].Span), workers, cancellationToken),
            ];
        }
        finally
        {
            foreach (var buffer in source.Concat(target))
            {
                buffer.Dispose();
            }
        }
    }

    /// <summary>A chain of words in random order over the buffer: every load waits for the one before.</summary>
    private static double LatencySeconds(long bufferBytes, double seconds, int seed, CancellationToken cancellationToken)
    {
        var count = (int)Math.Min(int.MaxValue / 2, bufferBytes / sizeof(ulong));
        using var buffer = new NativeWords(count);
        var next = buffer.Span;
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        for (var index = 0; index < count; index++)
        {
            next[order[index]] = (ulong)order[(index + 1) % count];
        }

        var at = 0UL;
        long loads = 0;
        var start = Stopwatch.GetTimestamp();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var step = 0; step < LoadsPerLook; step++)
            {
                at = next[(int)at];
            }

            loads += LoadsPerLook;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return at >= (ulong)count ? double.NaN : elapsed / loads;
    }

    private static ulong Sum(ReadOnlySpan<ulong> words)
    {
        var vector = Vector<ulong>.Zero;
        foreach (var part in MemoryMarshal.Cast<ulong, Vector<ulong>>(words))
        {
            vector += part;
        }

        return Vector.Sum(vector);
    }

    private static ProbedBandwidth Time(string operation, double bytes, double seconds, Action<int> work, int workers, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        var begin = Stopwatch.GetTimestamp();
        for (var repeat = 0; repeat < Warmups + 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds; repeat++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, work);
            if (repeat >= Warmups)
            {
                rates.Add(bytes / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        rates.Sort();
        return new ProbedBandwidth(operation, rates[rates.Count / 2], rates[0], rates[^1], rates.Count);
    }
}
