using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Memory;

/// <summary>What memory is used for: <c>/proc/meminfo</c>.</summary>
internal sealed class MemoryCollector : ICollector
{
    private const double BytesPerKibibyte = 1024;

    private readonly KernelFile _file;
    private readonly KeyedMetrics _metrics;
    private readonly int _total;
    private readonly int _available;
    private readonly int _committed;
    private readonly int _hugePageSize;
    private readonly int _hugePages;
    private readonly int _hugePagesFree;
    private readonly int _utilization;
    private readonly int _commitRatio;
    private readonly int _hugeLimit;
    private readonly int _hugeFree;

    public MemoryCollector(CollectorServices services)
    {
        _file = services.Files.File("/proc/meminfo");
        _metrics = new KeyedMetrics(services.Entities, EntityKind.Host);
        foreach (var (key, metric) in Kibibytes)
        {
            _metrics.Add(key, metric, BytesPerKibibyte);
        }

        _metrics
            .AddSum("system.memory.usage.used", BytesPerKibibyte, "MemTotal", "-MemFree", "-Buffers", "-Cached", "-SReclaimable")
            .AddSum("system.paging.usage.used", BytesPerKibibyte, "SwapTotal", "-SwapFree");
        _total = _metrics.Place("MemTotal");
        _available = _metrics.Place("MemAvailable");
        _committed = _metrics.Place("Committed_AS");
        _hugePageSize = _metrics.Place("Hugepagesize");
        _hugePages = _metrics.Place("HugePages_Total");
        _hugePagesFree = _metrics.Place("HugePages_Free");
        _utilization = services.Entities.Metric(EntityKind.Host, "system.memory.utilization");
        _commitRatio = services.Entities.Metric(EntityKind.Host, "system.memory.commit_ratio");
        _hugeLimit = services.Entities.Metric(EntityKind.Host, "system.memory.hugetlb.limit");
        _hugeFree = services.Entities.Metric(EntityKind.Host, "system.memory.hugetlb.free");
    }

    private static IEnumerable<(string Key, string Metric)> Kibibytes =>
    [
        ("MemTotal", "system.memory.limit"),
        ("MemAvailable", "system.linux.memory.available"),
        ("MemFree", "system.memory.usage.free"),
        ("Buffers", "system.memory.usage.buffers"),
        ("Cached", "system.memory.usage.cached"),
        ("AnonPages", "system.memory.usage.anonymous"),
        ("Mapped", "system.memory.usage.mapped"),
        ("Shmem", "system.linux.memory.shared"),
        ("Active(anon)", "system.memory.usage.active_anonymous"),
        ("Inactive(anon)", "system.memory.usage.inactive_anonymous"),
        ("Active(file)", "system.memory.usage.active_file"),
        ("Inactive(file)", "system.memory.usage.inactive_file"),
        ("Unevictable", "system.memory.usage.unevictable"),
        ("Mlocked", "system.memory.usage.locked"),
        ("SReclaimable", "system.linux.memory.slab.usage.reclaimable"),
        ("SUnreclaim", "system.linux.memory.slab.usage.unreclaimable"),
        ("KernelStack", "system.memory.usage.kernel_stack"),
        ("PageTables", "system.memory.usage.page_tables"),
        ("Percpu", "system.memory.usage.per_cpu"),
        ("VmallocUsed", "system.memory.usage.vmalloc"),
        ("Dirty", "system.memory.usage.dirty"),
        ("Writeback", "system.memory.usage.writeback"),
        ("Committed_AS", "system.memory.committed"),
        ("CommitLimit", "system.memory.commit_limit"),
        ("AnonHugePages", "system.memory.usage.anonymous_huge"),
        ("FileHugePages", "system.memory.usage.file_huge"),
        ("SwapTotal", "system.paging.limit"),
        ("SwapCached", "system.paging.usage.cached"),
        ("Zswap", "system.memory.zswap.pool"),
        ("Zswapped", "system.memory.zswap.stored"),
    ];

    public string Name => "memory";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        _metrics.Begin();
        if (!_metrics.PutLines(content, out var malformed))
        {
            context.Malformed(_file.Path, "'name: <number> kB'", malformed);
        }

        _metrics.Apply(context.Host);
        if (_metrics[_total] is > 0 and var total)
        {
            context.Host.Set(_utilization, 1 - (_metrics[_available] / total) ?? double.NaN);
            context.Host.Set(_commitRatio, _metrics[_committed] / total ?? double.NaN);
        }

        if (_metrics[_hugePageSize] is { } size)
        {
            context.Host.Set(_hugeLimit, _metrics[_hugePages] * size * BytesPerKibibyte ?? double.NaN);
            context.Host.Set(_hugeFree, _metrics[_hugePagesFree] * size * BytesPerKibibyte ?? double.NaN);
        }
    }
}
