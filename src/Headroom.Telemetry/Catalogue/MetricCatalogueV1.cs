namespace Headroom.Telemetry.Catalogue;

/// <summary>Version 1 of the vocabulary: one list per kind of entity, each in its own file.</summary>
internal static class MetricCatalogueV1
{
    public static IReadOnlyDictionary<EntityKind, IReadOnlyList<MetricDefinition>> Metrics { get; } =
        new Dictionary<EntityKind, IReadOnlyList<MetricDefinition>>
        {
            [EntityKind.Host] = HostMetrics.All,
            [EntityKind.Cpu] = CpuMetrics.All,
            [EntityKind.NumaNode] = NumaMetrics.All,
            [EntityKind.Disk] = DiskMetrics.All,
            [EntityKind.NetworkInterface] = NetworkMetrics.All,
            [EntityKind.Workload] = WorkloadMetrics.All,
            [EntityKind.Gpu] = GpuMetrics.All,
            [EntityKind.GpuProcess] = GpuProcessMetrics.All,
        };
}
