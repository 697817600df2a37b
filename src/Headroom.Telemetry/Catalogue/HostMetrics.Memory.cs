namespace Headroom.Telemetry.Catalogue;

internal static partial class HostMetrics
{
    private const string MemoryGroup = "memory";
    private const string PagingGroup = "paging";

    private static IEnumerable<MetricDefinition> Memory() =>
    [
        Bytes("system.memory.limit", "MemTotal", "Memory the kernel manages."),
        Gauge(MemoryGroup, "system.memory.utilization", "1", "/proc/meminfo MemTotal, MemAvailable", "Share of memory that could not be given to new programs without swapping."),
        Bytes("system.linux.memory.available", "MemAvailable", "The kernel's estimate of what new programs could get without swapping."),
        Bytes("system.memory.usage.used", "MemTotal, MemFree, Buffers, Cached, SReclaimable", "Memory in use apart from buffers, page cache and reclaimable slab."),
        Bytes("system.memory.usage.free", "MemFree", "Memory used for nothing."),
        Bytes("system.memory.usage.buffers", "Buffers", "Cache of raw block devices."),
        Bytes("system.memory.usage.cached", "Cached", "Page cache, shared memory included."),
        Bytes("system.memory.usage.anonymous", "AnonPages", "Pages of programs that no file backs."),
        Bytes("system.memory.usage.mapped", "Mapped", "Files mapped into programs."),
        Bytes("system.linux.memory.shared", "Shmem", "Shared memory and tmpfs."),
        Bytes("system.memory.usage.active_anonymous", "Active(anon)", "Anonymous memory used recently."),
        Bytes("system.memory.usage.inactive_anonymous", "Inactive(anon)", "Anonymous memory not used recently, first to be swapped."),
        Bytes("system.memory.usage.active_file", "Active(file)", "Page cache used recently."),
        Bytes("system.memory.usage.inactive_file", "Inactive(file)", "Page cache not used recently, first to be dropped."),
        Bytes("system.memory.usage.unevictable", "Unevictable", "Memory that cannot be reclaimed."),
        Bytes("system.memory.usage.locked", "Mlocked", "Memory locked by programs."),
        Bytes("system.linux.memory.slab.usage.reclaimable", "SReclaimable", "Kernel objects that can be dropped under pressure."),
        Bytes("system.linux.memory.slab.usage.unreclaimable", "SUnreclaim", "Kernel objects that must stay."),
        Bytes("system.memory.usage.kernel_stack", "KernelStack", "Stacks of the kernel's side of tasks."),
        Bytes("system.memory.usage.page_tables", "PageTables", "Page tables."),
        Bytes("system.memory.usage.per_cpu", "Percpu", "Per-CPU data of the kernel."),
        Bytes("system.memory.usage.vmalloc", "VmallocUsed", "Virtually contiguous kernel memory."),
        Bytes("system.memory.usage.dirty", "Dirty", "Page cache waiting to be written."),
        Bytes("system.memory.usage.writeback", "Writeback", "Page cache being written."),
        Bytes("system.memory.committed", "Committed_AS", "Memory promised to programs, used or not."),
        Bytes("system.memory.commit_limit", "CommitLimit", "What may be promised under strict overcommit accounting."),
        Gauge(MemoryGroup, "system.memory.commit_ratio", "1", "/proc/meminfo Committed_AS, MemTotal", "Memory promised to programs over the memory there is; above 1 the machine is overcommitted."),
        Bytes("system.memory.usage.anonymous_huge", "AnonHugePages", "Anonymous memory in transparent huge pages."),
        Bytes("system.memory.usage.file_huge", "FileHugePages", "Page cache in huge pages."),
        Bytes("system.memory.hugetlb.limit", "HugePages_Total, Hugepagesize", "Memory set aside as huge pages of the default size."),
        Bytes("system.memory.hugetlb.free", "HugePages_Free, Hugepagesize", "Huge pages of the default size that nobody has taken."),
        Bytes("system.paging.limit", "SwapTotal", "Swap space."),
        Bytes("system.paging.usage.used", "SwapTotal, SwapFree", "Swap space in use."),
        Bytes("system.paging.usage.cached", "SwapCached", "Pages in memory that also lie in swap."),
        Bytes("system.memory.zswap.pool", "Zswap", "Memory taken by compressed swap."),
        Bytes("system.memory.zswap.stored", "Zswapped", "Memory that compressed swap holds, before compression."),
    ];

    private static IEnumerable<MetricDefinition> Paging() =>
    [
        Events("system.paging.faults.minor", "{fault}/s", "pgfault, pgmajfault", "Page faults served from memory."),
        Events("system.paging.faults.major", "{fault}/s", "pgmajfault", "Page faults that had to read from a disk."),
        Events("system.paging.io.in", "By/s", "pgpgin", "Bytes read from block devices through the page cache and swap."),
        Events("system.paging.io.out", "By/s", "pgpgout", "Bytes written to block devices through the page cache and swap."),
        Events("system.paging.operations.in", "{page}/s", "pswpin", "Pages read from swap."),
        Events("system.paging.operations.out", "{page}/s", "pswpout", "Pages written to swap."),
        Events("system.paging.zswap.in", "{page}/s", "zswpin", "Pages taken out of compressed swap."),
        Events("system.paging.zswap.out", "{page}/s", "zswpout", "Pages put into compressed swap."),
        Events("system.paging.dirtied", "{page}/s", "nr_dirtied", "Pages that became dirty."),
        Events("system.paging.written", "{page}/s", "nr_written", "Dirty pages written."),
        Events("system.paging.allocated", "{page}/s", "pgalloc_*", "Pages allocated, in every zone."),
        Events("system.paging.freed", "{page}/s", "pgfree", "Pages freed."),
    ];

    private static IEnumerable<MetricDefinition> Reclaim() =>
    [
        Events("system.paging.refault.anonymous", "{page}/s", "workingset_refault_anon", "Anonymous pages needed again soon after they were swapped: the working set does not fit."),
        Events("system.paging.refault.file", "{page}/s", "workingset_refault_file", "File pages needed again soon after they were dropped: the working set does not fit."),
        Events("system.paging.activate", "{page}/s", "workingset_activate_anon, workingset_activate_file", "Refaulted pages that were taken for part of the working set at once."),
        Events("system.paging.scan.background", "{page}/s", "pgscan_kswapd", "Pages looked at by background reclaim."),
        Events("system.paging.scan.direct", "{page}/s", "pgscan_direct", "Pages looked at by tasks that had to reclaim memory themselves."),
        Events("system.paging.reclaim.background", "{page}/s", "pgsteal_kswapd", "Pages freed by background reclaim."),
        Events("system.paging.reclaim.direct", "{page}/s", "pgsteal_direct", "Pages freed by tasks that had to reclaim memory themselves."),
        Events("system.paging.stalls", "{event}/s", "allocstall_*", "Allocations that had to reclaim memory first."),
        Events("system.paging.oom_kills", "{process}/s", "oom_kill", "Processes killed because memory had run out."),
        Events("system.paging.slab_scanned", "{object}/s", "slabs_scanned", "Kernel objects looked at by reclaim."),
        Events("system.paging.balloon.inflated", "{page}/s", "balloon_inflate", "Pages this guest gave back to its hypervisor."),
        Events("system.paging.balloon.deflated", "{page}/s", "balloon_deflate", "Pages this guest took back from its hypervisor."),
    ];

    private static IEnumerable<MetricDefinition> LargePages() =>
    [
        Events("system.paging.compaction.stalls", "{event}/s", "compact_stall", "Allocations of large pages that had to compact memory first."),
        Events("system.paging.compaction.failures", "{event}/s", "compact_fail", "Compactions that made no large page."),
        Events("system.paging.compaction.successes", "{event}/s", "compact_success", "Compactions that made a large page."),
        Events("system.paging.compaction.scanned", "{page}/s", "compact_migrate_scanned, compact_free_scanned", "Pages looked at by compaction."),
        Events("system.paging.thp.allocated", "{event}/s", "thp_fault_alloc", "Transparent huge pages given at a page fault."),
        Events("system.paging.thp.fallback", "{event}/s", "thp_fault_fallback", "Page faults that wanted a huge page and got small ones."),
        Events("system.paging.thp.collapsed", "{event}/s", "thp_collapse_alloc", "Small pages collapsed into huge ones in the background."),
        Events("system.paging.thp.split", "{event}/s", "thp_split_page", "Huge pages split into small ones."),
    ];

    private static IEnumerable<MetricDefinition> NumaBalancing() =>
    [
        Events("system.numa.hint_faults", "{fault}/s", "numa_hint_faults", "Faults provoked to learn which node uses a page."),
        Events("system.numa.hint_faults.local", "{fault}/s", "numa_hint_faults_local", "Such faults on a page that was already on the right node."),
        Events("system.numa.pte_updates", "{page}/s", "numa_pte_updates", "Pages marked to provoke a fault."),
        Events("system.numa.migrated", "{page}/s", "numa_pages_migrated", "Pages moved to the node that uses them."),
        Events("system.numa.promoted", "{page}/s", "pgpromote_success", "Pages moved from slow memory (CXL) to fast memory."),
        Events("system.numa.demoted", "{page}/s", "pgdemote_kswapd, pgdemote_direct, pgdemote_khugepaged, pgdemote_proactive", "Pages moved from fast memory to slow memory (CXL)."),
        Events("system.numa.hit", "{page}/s", "numa_hit", "Pages allocated on the node that was wanted."),
        Events("system.numa.miss", "{page}/s", "numa_miss", "Pages allocated on a node although another was wanted."),
        Events("system.numa.other", "{page}/s", "numa_other", "Pages allocated on a node for a task on another."),
    ];

    private static MetricDefinition Bytes(string name, string source, string description) =>
        Gauge(MemoryGroup, name, "By", $"/proc/meminfo {source}", description);

    private static MetricDefinition Events(string name, string unit, string source, string description) =>
        Rate(PagingGroup, name, unit, $"/proc/vmstat {source}", description);
}
