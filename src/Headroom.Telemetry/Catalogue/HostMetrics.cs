namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known about a host as a whole.</summary>
internal static class HostMetrics
{
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("system.linux.load.1m", "1", MetricKind.Gauge, "cpu", "/proc/loadavg", "Mean number of tasks that ran, waited for a CPU or slept uninterruptibly over the last minute."),
    ];
}
