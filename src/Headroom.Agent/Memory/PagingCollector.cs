using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Memory;

/// <summary>What the memory manager does: <c>/proc/vmstat</c>.</summary>
internal sealed class PagingCollector(CollectorServices services) : ICollector
{
    private const double BytesPerKibibyte = 1024;

    private static readonly string[] Zones = ["dma", "dma32", "normal", "high", "movable", "device"];

    private readonly KernelFile _file = services.Files.File("/proc/vmstat");
    private readonly KeyedMetrics _metrics = new KeyedMetrics(services.Entities, EntityKind.Host)
        .AddSum("system.paging.faults.minor", 1, "pgfault", "-pgmajfault")
        .Add("pgmajfault", "system.paging.faults.major")
        .Add("pgpgin", "system.paging.io.in", BytesPerKibibyte)
        .Add("pgpgout", "system.paging.io.out", BytesPerKibibyte)
        .Add("pswpin", "system.paging.operations.in")
        .Add("pswpout", "system.paging.operations.out")
        .Add("zswpin", "system.paging.zswap.in")
        .Add("zswpout", "system.paging.zswap.out")
        .Add("nr_dirtied", "system.paging.dirtied")
        .Add("nr_written", "system.paging.written")
        .AddSum("system.paging.allocated", 1, [.. Zones.Select(zone => $"pgalloc_{zone}")])
        .Add("pgfree", "system.paging.freed")
        .Add("workingset_refault_anon", "system.paging.refault.anonymous")
        .Add("workingset_refault_file", "system.paging.refault.file")
        .AddSum("system.paging.activate", 1, "workingset_activate_anon", "workingset_activate_file")
        .Add("pgscan_kswapd", "system.paging.scan.background")
        .Add("pgscan_direct", "system.paging.scan.direct")
        .Add("pgsteal_kswapd", "system.paging.reclaim.background")
        .Add("pgsteal_direct", "system.paging.reclaim.direct")
        .AddSum("system.paging.stalls", 1, [.. Zones.Select(zone => $"allocstall_{zone}")])
        .Add("oom_kill", "system.paging.oom_kills")
        .Add("slabs_scanned", "system.paging.slab_scanned")
        .Add("balloon_inflate", "system.paging.balloon.inflated")
        .Add("balloon_deflate", "system.paging.balloon.deflated")
        .Add("compact_stall", "system.paging.compaction.stalls")
        .Add("compact_fail", "system.paging.compaction.failures")
        .Add("compact_success", "system.paging.compaction.successes")
        .AddSum("system.paging.compaction.scanned", 1, "compact_migrate_scanned", "compact_free_scanned")
        .Add("thp_fault_alloc", "system.paging.thp.allocated")
        .Add("thp_fault_fallback", "system.paging.thp.fallback")
        .Add("thp_collapse_alloc", "system.paging.thp.collapsed")
        .Add("thp_split_page", "system.paging.thp.split")
        .Add("numa_hint_faults", "system.numa.hint_faults")
        .Add("numa_hint_faults_local", "system.numa.hint_faults.local")
        .Add("numa_pte_updates", "system.numa.pte_updates")
        .Add("numa_pages_migrated", "system.numa.migrated")
        .Add("pgpromote_success", "system.numa.promoted")
        .AddSum("system.numa.demoted", 1, "pgdemote_kswapd", "pgdemote_direct", "pgdemote_khugepaged", "pgdemote_proactive")
        .Add("numa_hit", "system.numa.hit")
        .Add("numa_miss", "system.numa.miss")
        .Add("numa_other", "system.numa.other");

    public string Name => "paging";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        _metrics.Begin();
        if (!_metrics.PutLines(content, out var malformed))
        {
            context.Malformed(_file.Path, "'name <number>'", malformed);
        }

        _metrics.Apply(context.Host);
    }
}
