using System.Diagnostics;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>A measured bandwidth: median and spread over the repeats that fitted in the time.</summary>
public sealed record ProbedBandwidth(string Operation, double BytesPerSecond, double Lower, double Upper, int Repeats);

/// <summary>
/// Own micro-benchmark of the memory this process gets: read, write and copy over buffers far larger than the caches, on every core it may use, in
/// bounded time. To measure one NUMA node, run it under <c>numactl --membind</c>.
/// </summary>
public static class MemoryProbe
{
    private const int Warmups = 1;

    /// <param name="bufferBytes">Bytes of each of the two buffers.</param>
    /// <param name="seconds">Time for each operation.</param>
    public static IReadOnlyList<ProbedBandwidth> Run(long bufferBytes, double seconds, CancellationToken cancellationToken)
    {
        var workers = Environment.ProcessorCount;
        var words = (int)Math.Min(int.MaxValue / 2, bufferBytes / sizeof(ulong) / workers);
        var source = Enumerable.Range(0, workers).Select(_ => new ulong[words]).ToArray();
        var target = Enumerable.Range(0, workers).Select(_ => new ulong[words]).ToArray();
        var sums = new ulong[workers * 8];
        double bytes = (double)words * workers * sizeof(ulong);
        return
        [
            Time("write", bytes, seconds, worker => target[worker].AsSpan().Fill(1), workers, cancellationToken),
            Time("read", bytes, seconds, worker => sums[worker * 8] = Sum(source[worker]), workers, cancellationToken),
            Time("copy", 2 * bytes, seconds, worker => source[worker].AsSpan().CopyTo(target[worker]), workers, cancellationToken),
        ];
    }

    /// <summary>Nanoseconds of one dependent load: a chain of indices in random order over the buffer.</summary>
    public static double LatencySeconds(long bufferBytes, double seconds, int seed, CancellationToken cancellationToken)
    {
        var count = (int)(bufferBytes / sizeof(int));
        var next = new int[count];
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        for (var index = 0; index < count; index++)
        {
            next[order[index]] = order[(index + 1) % count];
        }

        const int batch = 200_000;
        var at = 0;
        long loads = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var step = 0; step < batch; step++)
            {
                at = next[at];
            }

            loads += batch;
        }

        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return at < 0 ? double.NaN : elapsed / loads;
    }

    private static ulong Sum(ulong[] words)
    {
        var vector = System.Numerics.Vector<ulong>.Zero;
        var span = System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, System.Numerics.Vector<ulong>>(words);
        foreach (var part in span)
        {
            vector += part;
        }

        return System.Numerics.Vector.Sum(vector);
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
