namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Places of the CPU metrics that several readers set.</summary>
internal static class CpuMetrics
{
    public static readonly int Usage = WorkloadMetric.Ordinal("container.cpu.usage");
    public static readonly int User = WorkloadMetric.Ordinal("container.cpu.usage.user");
    public static readonly int System = WorkloadMetric.Ordinal("container.cpu.usage.system");
    public static readonly int Utilization = WorkloadMetric.Ordinal("container.cpu.utilization");
    public static readonly int Limit = WorkloadMetric.Ordinal("container.cpu.limit");
    public static readonly int Cpuset = WorkloadMetric.Ordinal("container.cpu.cpuset");
    public static readonly int Weight = WorkloadMetric.Ordinal("container.cpu.weight");
    public static readonly int ThrottledPeriods = WorkloadMetric.Ordinal("container.cpu.throttling.periods");
    public static readonly int ThrottledTime = WorkloadMetric.Ordinal("container.cpu.throttling.time");
}
