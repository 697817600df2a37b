namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Places of the disk metrics that several readers set.</summary>
internal static class DiskMetrics
{
    public static readonly int ReadBytes = WorkloadMetric.Ordinal("container.disk.io.read");
    public static readonly int WriteBytes = WorkloadMetric.Ordinal("container.disk.io.write");
    public static readonly int ReadOperations = WorkloadMetric.Ordinal("container.disk.operations.read");
    public static readonly int WriteOperations = WorkloadMetric.Ordinal("container.disk.operations.write");
    public static readonly int Latency = WorkloadMetric.Ordinal("container.disk.latency");
    public static readonly int Wait = WorkloadMetric.Ordinal("container.disk.wait");
}
