using System.Buffers.Text;
using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>
/// How long tasks waited in run queues: <c>/proc/schedstat</c>, whose lines <c>cpuN</c> end in nanoseconds run, nanoseconds waited
/// and time slices given. Many kernels of virtual machines are built without it.
/// </summary>
internal sealed class SchedulingCollector(CollectorServices services) : ICollector
{
    private const int ColumnsBefore = 6;

    private readonly KernelFile _file = services.Files.File("/proc/schedstat");
    private readonly QueueMetrics _hostMetrics = new(services.Entities, EntityKind.Host);
    private readonly QueueMetrics _cpuMetrics = new(services.Entities, EntityKind.Cpu);
    private readonly Dictionary<int, Queue> _queues = [];

    public string Name => "scheduling";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        var host = default(QueueRates);
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            if (!line.StartsWith("cpu"u8))
            {
                continue;
            }

            var fields = new Fields(line);
            fields.TryReadWord(out var name);
            if (Utf8Parser.TryParse(name[3..], out int number, out _) && fields.Skip(ColumnsBefore)
                && fields.TryReadUnsigned(out var run) && fields.TryReadUnsigned(out var wait) && fields.TryReadUnsigned(out var slices))
            {
                var queue = Queue(number);
                if (queue.TryAdvance(run, wait, slices, context.MonotonicNanoseconds, out var rates))
                {
                    host = host.Plus(rates);
                    if (queue.Entity is not null)
                    {
                        _cpuMetrics.Set(queue.Entity, rates);
                    }
                }
            }
            else
            {
                context.Malformed(_file.Path, "'cpuN' and nine numbers, the last three of them run time, wait time and time slices", line);
            }
        }

        if (host.Known)
        {
            _hostMetrics.Set(context.Host, host);
        }
    }

    private Queue Queue(int number)
    {
        if (!_queues.TryGetValue(number, out var queue))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"cpu{number}");
            queue = new Queue(services.Entities.Find(EntityKind.Cpu, name));
            _queues.Add(number, queue);
        }

        return queue;
    }
}

/// <summary>What one run queue did per second.</summary>
internal readonly record struct QueueRates(bool Known, double RunRatio, double WaitRatio, double SlicesPerSecond)
{
    public QueueRates Plus(QueueRates other) =>
        new(true, RunRatio + other.RunRatio, WaitRatio + other.WaitRatio, SlicesPerSecond + other.SlicesPerSecond);
}

/// <summary>One CPU's run queue and its previous reading.</summary>
/// <param name="entity">The CPU's own row, or null when there are more CPUs than rows are wanted.</param>
internal sealed class Queue(Entity? entity)
{
    private const double SecondsPerNanosecond = 1e-9;

    private Counter _run;
    private Counter _wait;
    private Counter _slices;

    public Entity? Entity => entity;

    public bool TryAdvance(ulong runNanoseconds, ulong waitNanoseconds, ulong slices, long nanoseconds, out QueueRates rates)
    {
        var run = _run.PerSecond(runNanoseconds, nanoseconds);
        var wait = _wait.PerSecond(waitNanoseconds, nanoseconds);
        var given = _slices.PerSecond(slices, nanoseconds);
        rates = new QueueRates(true, (run ?? 0) * SecondsPerNanosecond, (wait ?? 0) * SecondsPerNanosecond, given ?? 0);
        return run is not null && wait is not null && given is not null;
    }
}

/// <summary>The places of a run queue's metrics.</summary>
internal sealed class QueueMetrics(EntityRegistry entities, EntityKind kind)
{
    private readonly int _run = entities.Metric(kind, "system.cpu.run_queue.run");
    private readonly int _wait = entities.Metric(kind, "system.cpu.run_queue.wait");
    private readonly int _slices = entities.Metric(kind, "system.cpu.run_queue.timeslices");
    private readonly int _latency = entities.Metric(kind, "system.cpu.run_queue.latency");

    public void Set(Entity entity, QueueRates rates)
    {
        entity.Set(_run, rates.RunRatio);
        entity.Set(_wait, rates.WaitRatio);
        entity.Set(_slices, rates.SlicesPerSecond);
        if (rates.SlicesPerSecond > 0)
        {
            entity.Set(_latency, rates.WaitRatio / rates.SlicesPerSecond);
        }
    }
}
