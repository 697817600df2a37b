using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.NodeExporter;

/// <summary>The lines of /proc/meminfo.</summary>
internal static class NodeMemory
{
    private const int UsedParts = 5;
    private const string Used = "system.memory.usage.used";

    public static Dictionary<string, MetricRule[]> Rules() => new(StringComparer.Ordinal)
    {
        ["node_memory_MemTotal_bytes"] =
        [
            Level("system.memory.limit"), Level("system.memory.utilization").Over(3), Level("system.memory.utilization").Under(3),
            Level(Used).Summed().Of(UsedParts), Level("system.memory.commit_ratio").Under(),
        ],
        ["node_memory_MemAvailable_bytes"] = [Level("system.linux.memory.available"), Level("system.memory.utilization").Over(3).Less()],
        ["node_memory_MemFree_bytes"] = NotUsed("system.memory.usage.free"),
        ["node_memory_Buffers_bytes"] = NotUsed("system.memory.usage.buffers"),
        ["node_memory_Cached_bytes"] = NotUsed("system.memory.usage.cached"),
        ["node_memory_SReclaimable_bytes"] = NotUsed("system.linux.memory.slab.usage.reclaimable"),
        ["node_memory_SUnreclaim_bytes"] = [Level("system.linux.memory.slab.usage.unreclaimable")],
        ["node_memory_AnonPages_bytes"] = [Level("system.memory.usage.anonymous")],
        ["node_memory_Mapped_bytes"] = [Level("system.memory.usage.mapped")],
        ["node_memory_Shmem_bytes"] = [Level("system.linux.memory.shared")],
        ["node_memory_Active_anon_bytes"] = [Level("system.memory.usage.active_anonymous")],
        ["node_memory_Inactive_anon_bytes"] = [Level("system.memory.usage.inactive_anonymous")],
        ["node_memory_Active_file_bytes"] = [Level("system.memory.usage.active_file")],
        ["node_memory_Inactive_file_bytes"] = [Level("system.memory.usage.inactive_file")],
        ["node_memory_Unevictable_bytes"] = [Level("system.memory.usage.unevictable")],
        ["node_memory_Mlocked_bytes"] = [Level("system.memory.usage.locked")],
        ["node_memory_KernelStack_bytes"] = [Level("system.memory.usage.kernel_stack")],
        ["node_memory_PageTables_bytes"] = [Level("system.memory.usage.page_tables")],
        ["node_memory_Percpu_bytes"] = [Level("system.memory.usage.per_cpu")],
        ["node_memory_VmallocUsed_bytes"] = [Level("system.memory.usage.vmalloc")],
        ["node_memory_Dirty_bytes"] = [Level("system.memory.usage.dirty")],
        ["node_memory_Writeback_bytes"] = [Level("system.memory.usage.writeback")],
        ["node_memory_Committed_AS_bytes"] = [Level("system.memory.committed"), Level("system.memory.commit_ratio").Over()],
        ["node_memory_CommitLimit_bytes"] = [Level("system.memory.commit_limit")],
        ["node_memory_AnonHugePages_bytes"] = [Level("system.memory.usage.anonymous_huge")],
        ["node_memory_FileHugePages_bytes"] = [Level("system.memory.usage.file_huge")],
        ["node_memory_SwapTotal_bytes"] = [Level("system.paging.limit"), Level("system.paging.usage.used").Summed().Of(2)],
        ["node_memory_SwapFree_bytes"] = [Level("system.paging.usage.used").Summed().Less().Of(2)],
        ["node_memory_SwapCached_bytes"] = [Level("system.paging.usage.cached")],
        ["node_memory_Zswap_bytes"] = [Level("system.memory.zswap.pool")],
        ["node_memory_Zswapped_bytes"] = [Level("system.memory.zswap.stored")],
    };

    private static MetricRule[] NotUsed(string metric) => [Level(metric), Level(Used).Summed().Less().Of(UsedParts)];
}
