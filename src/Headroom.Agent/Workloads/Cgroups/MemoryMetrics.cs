namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Places of the memory metrics that several readers set.</summary>
internal static class MemoryMetrics
{
    public static readonly int Usage = WorkloadMetric.Ordinal("container.memory.usage");
    public static readonly int WorkingSet = WorkloadMetric.Ordinal("container.memory.working_set");
    public static readonly int Rss = WorkloadMetric.Ordinal("container.memory.rss");
    public static readonly int File = WorkloadMetric.Ordinal("container.memory.file");
    public static readonly int Shmem = WorkloadMetric.Ordinal("container.memory.shmem");
    public static readonly int Kernel = WorkloadMetric.Ordinal("container.memory.kernel");
    public static readonly int Swap = WorkloadMetric.Ordinal("container.memory.swap");
    public static readonly int Limit = WorkloadMetric.Ordinal("container.memory.limit");
    public static readonly int MinorFaults = WorkloadMetric.Ordinal("container.paging.faults.minor");
    public static readonly int MajorFaults = WorkloadMetric.Ordinal("container.paging.faults.major");
    public static readonly int AnonRefaults = WorkloadMetric.Ordinal("container.memory.refaults.anon");
    public static readonly int FileRefaults = WorkloadMetric.Ordinal("container.memory.refaults.file");
    public static readonly int HighEvents = WorkloadMetric.Ordinal("container.memory.events.high");
    public static readonly int MaxEvents = WorkloadMetric.Ordinal("container.memory.events.max");
    public static readonly int OomKills = WorkloadMetric.Ordinal("container.memory.events.oom_kill");
}
