using System.Buffers.Text;
using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>Where CPU time goes, for the host and each logical CPU, and the kernel's counts of interrupts and switches: <c>/proc/stat</c>.</summary>
internal sealed class CpuCollector(CollectorServices services) : ICollector
{
    private const string Expected = "'cpuN' and at least user, nice, system and idle time";

    private readonly KernelFile _file = services.Files.File("/proc/stat");
    private readonly CpuModeShares _hostShares = new(services.Entities, EntityKind.Host);
    private readonly CpuModeShares _cpuShares = new(services.Entities, EntityKind.Cpu);
    private readonly Counter[] _hostCounters = new Counter[CpuModeShares.ColumnCount];
    private readonly List<(Entity Entity, Counter[] Counters)?> _cpus = [];
    private readonly int _busiest = services.Entities.Metric(EntityKind.Host, "system.cpu.utilization.busiest");
    private readonly int _idlest = services.Entities.Metric(EntityKind.Host, "system.cpu.utilization.idlest");
    private readonly int _count = services.Entities.Metric(EntityKind.Host, "system.cpu.logical.count");
    private readonly int _softirqs = services.Entities.Metric(EntityKind.Host, "system.cpu.softirqs");
    private readonly int[] _softirqKinds =
    [
        // Columns of the softirq line after its total; 'hi' and 'irq_poll' are hardly ever used and have no metric.
        .. new[] { null, "timer", "net_tx", "net_rx", "block", null, "tasklet", "sched", "hrtimer", "rcu" }
            .Select(kind => kind is null ? -1 : services.Entities.Metric(EntityKind.Host, $"system.cpu.softirqs.{kind}")),
    ];

    private readonly KeyedMetrics _counts = new KeyedMetrics(services.Entities, EntityKind.Host)
        .Add("intr", "system.cpu.interrupts")
        .Add("ctxt", "system.cpu.context_switches")
        .Add("processes", "system.process.created")
        .Add("procs_running", "system.task.runnable")
        .Add("procs_blocked", "system.task.blocked");

    public string Name => "cpu";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        Span<ulong> columns = stackalloc ulong[CpuModeShares.ColumnCount];
        var (busiest, idlest, count) = (double.NaN, double.NaN, 0);
        _counts.Begin();
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            if (!line.StartsWith("cpu"u8))
            {
                CollectCount(context, line);
                continue;
            }

            var fields = new Fields(line);
            fields.TryReadWord(out var name);
            var width = ReadColumns(ref fields, columns);
            var isHost = name.Length == 3;
            var number = 0;
            if (width < 4 || (!isHost && (!Utf8Parser.TryParse(name[3..], out number, out var used) || used != name.Length - 3)))
            {
                context.Malformed(_file.Path, Expected, line);
            }
            else if (isHost)
            {
                _hostShares.Set(context.Host, _hostCounters, columns[..width], context.MonotonicNanoseconds);
            }
            else if (++count <= services.Options.Host.MaxCpus)
            {
                var (entity, counters) = Cpu(number);
                var busy = _cpuShares.Set(entity, counters, columns[..width], context.MonotonicNanoseconds) ?? double.NaN;
                (busiest, idlest) = (double.MaxNumber(busiest, busy), double.MinNumber(idlest, busy));
            }
        }

        _counts.Apply(context.Host);
        context.Host.Set(_busiest, busiest);
        context.Host.Set(_idlest, idlest);
        context.Host.Set(_count, count == 0 ? double.NaN : count);
    }

    private static int ReadColumns(ref Fields fields, scoped Span<ulong> columns)
    {
        var width = 0;
        while (width < columns.Length && fields.TryReadUnsigned(out columns[width]))
        {
            width++;
        }

        return width;
    }

    private (Entity Entity, Counter[] Counters) Cpu(int number)
    {
        while (_cpus.Count <= number)
        {
            _cpus.Add(null);
        }

        return _cpus[number] ??= (Describe(number), new Counter[CpuModeShares.ColumnCount]);
    }

    private Entity Describe(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return services.Entities.GetOrAdd(
            EntityKind.Cpu, $"cpu{text}", $"cpu{text}", EntityRegistry.HostKey, new Dictionary<string, string> { ["cpu.logical_number"] = text });
    }

    private void CollectCount(CollectionContext context, ReadOnlySpan<byte> line)
    {
        var fields = new Fields(line);
        if (!fields.TryReadWord(out var key) || !fields.TryReadUnsigned(out var value))
        {
            context.Malformed(_file.Path, "a name and a count", line);
            return;
        }

        if (!key.SequenceEqual("softirq"u8))
        {
            _counts.Put(key, value);
            return;
        }

        context.Host.SetRate(_softirqs, value);
        foreach (var metric in _softirqKinds)
        {
            if (fields.TryReadUnsigned(out var kind) && metric >= 0)
            {
                context.Host.SetRate(metric, kind);
            }
        }
    }
}
