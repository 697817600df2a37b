namespace Headroom.Telemetry.Catalogue;

/// <summary>Version 1 of the vocabulary: one list per kind of entity, each in its own file.</summary>
internal static class MetricCatalogueV1
{
    public static IReadOnlyDictionary<EntityKind, IReadOnlyList<MetricDefinition>> Metrics { get; } =
        new Dictionary<EntityKind, IReadOnlyList<MetricDefinition>>
        {
            [EntityKind.Host] = HostMetrics.All,
            [EntityKind.Workload] = WorkloadMetrics.All,
        };
}
