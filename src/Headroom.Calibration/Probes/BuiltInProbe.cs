using System.Diagnostics;
using System.Globalization;

namespace Headroom.Calibration.Probes;

/// <summary>
/// A small program with one dominating need. It runs in a process of its own and prints its speed once a second as
/// <c>rate 123.4</c>, in operations per second over all threads.
/// </summary>
public abstract class BuiltInProbe
{
    /// <summary>Name, for example <c>memory</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The resource it leans on.</summary>
    public abstract string Resource { get; }

    /// <summary>What one operation is.</summary>
    public abstract string Operation { get; }

    /// <summary>Runs until cancelled, printing a line a second.</summary>
    /// <param name="folder">Where it may keep files.</param>
    /// <param name="threads">How many threads work at once.</param>
    /// <param name="output">Gets the lines.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public void Run(string folder, int threads, TextWriter output, CancellationToken cancellationToken)
    {
        var counts = new Tally[threads];
        var workers = Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            using var worker = CreateWorker(folder, i);
            while (!cancellationToken.IsCancellationRequested)
            {
                var done = worker.Work();
                Interlocked.Add(ref counts[i].Count, done);
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());

        var (before, at) = (0L, Stopwatch.GetTimestamp());
        while (!cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
        {
            var now = Stopwatch.GetTimestamp();
            var total = counts.Sum(tally => Interlocked.Read(ref tally.Count));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rate {(total - before) / Stopwatch.GetElapsedTime(at, now).TotalSeconds:0.###}"));
            output.Flush();
            (before, at) = (total, now);
        }

        workers.ForEach(worker => worker.Join());
    }

    /// <summary>The state of one thread.</summary>
    protected abstract IProbeWorker CreateWorker(string folder, int index);

    /// <summary>A counter alone on its cache line, so that threads do not slow each other down by counting.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 128)]
    private struct Tally
    {
        [System.Runtime.InteropServices.FieldOffset(64)]
        public long Count;
    }
}
