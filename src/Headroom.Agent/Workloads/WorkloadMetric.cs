using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Workloads;

/// <summary>Places of a workload's metrics in its rows.</summary>
internal static class WorkloadMetric
{
    /// <exception cref="ArgumentException">The catalogue does not know the name: a mistake in a reader.</exception>
    public static int Ordinal(string name) => MetricCatalogue.Current.OrdinalOf(EntityKind.Workload, name)
        ?? throw new ArgumentException($"the metric catalogue has no '{name}' for a workload", nameof(name));
}
