namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of one NUMA node.</summary>
internal static class NumaMetrics
{
    /// <summary>All metrics of a NUMA node in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Bytes("system.memory.limit", "MemTotal", "Memory of the node."),
        Bytes("system.memory.usage.free", "MemFree", "Memory of the node used for nothing."),
        Bytes("system.memory.usage.used", "MemUsed", "Memory of the node in use, page cache included."),
        Gauge("system.memory.utilization", "1", "meminfo MemTotal, MemFree, FilePages, SReclaimable", "Share of the node's memory in use, without page cache and reclaimable slab."),
        Bytes("system.memory.usage.cached", "FilePages", "Page cache on the node."),
        Bytes("system.memory.usage.anonymous", "AnonPages", "Pages of programs that no file backs."),
        Bytes("system.memory.usage.mapped", "Mapped", "Files mapped into programs."),
        Bytes("system.linux.memory.shared", "Shmem", "Shared memory and tmpfs on the node."),
        Bytes("system.memory.usage.active_anonymous", "Active(anon)", "Anonymous memory used recently."),
        Bytes("system.memory.usage.inactive_anonymous", "Inactive(anon)", "Anonymous memory not used recently."),
        Bytes("system.memory.usage.active_file", "Active(file)", "Page cache used recently."),
        Bytes("system.memory.usage.inactive_file", "Inactive(file)", "Page cache not used recently."),
        Bytes("system.memory.usage.unevictable", "Unevictable", "Memory that cannot be reclaimed."),
        Bytes("system.memory.usage.dirty", "Dirty", "Page cache waiting to be written."),
        Bytes("system.memory.usage.writeback", "Writeback", "Page cache being written."),
        Bytes("system.linux.memory.slab.usage.reclaimable", "SReclaimable", "Kernel objects that can be dropped under pressure."),
        Bytes("system.linux.memory.slab.usage.unreclaimable", "SUnreclaim", "Kernel objects that must stay."),
        Bytes("system.memory.usage.page_tables", "PageTables", "Page tables on the node."),
        Bytes("system.memory.usage.anonymous_huge", "AnonHugePages", "Anonymous memory in transparent huge pages."),
        Pages("system.numa.hit", "numastat numa_hit", "Pages allocated here as wanted."),
        Pages("system.numa.miss", "numastat numa_miss", "Pages allocated here although another node was wanted."),
        Pages("system.numa.foreign", "numastat numa_foreign", "Pages wanted here and allocated on another node."),
        Pages("system.numa.interleave", "numastat interleave_hit", "Pages allocated here by an interleaving policy."),
        Pages("system.numa.local", "numastat local_node", "Pages allocated here for a task that ran here."),
        Pages("system.numa.other", "numastat other_node", "Pages allocated here for a task that ran on another node."),
        Gauge("system.numa.local_ratio", "1", "numastat local_node, other_node", "Share of the pages allocated here in this interval that went to tasks running here."),
        Pages("system.numa.promoted", "vmstat pgpromote_success", "Pages moved to this node because they were used often."),
        Pages("system.numa.demoted", "vmstat pgdemote_*", "Pages this node pushed out to slower memory."),
        Pages("system.paging.refault", "vmstat workingset_refault_*", "Pages needed again soon after this node dropped or swapped them."),
        new("system.cpu.utilization", "1", MetricKind.Rate, "numa", "/proc/stat, cpulist", "Mean utilization of the node's logical CPUs; missing for a node without CPUs."),
    ];

    private static MetricDefinition Bytes(string name, string source, string description) => Gauge(name, "By", $"meminfo {source}", description);

    private static MetricDefinition Gauge(string name, string unit, string source, string description) =>
        new(name, unit, MetricKind.Gauge, "numa", $"/sys/devices/system/node/node*/{source}", description);

    private static MetricDefinition Pages(string name, string source, string description) =>
        new(name, "{page}/s", MetricKind.Rate, "numa", $"/sys/devices/system/node/node*/{source}", description);
}
