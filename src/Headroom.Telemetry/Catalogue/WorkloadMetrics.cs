namespace Headroom.Telemetry.Catalogue;

/// <summary>
/// What is known of a workload every second: 53 statistics of the container or machine, 38 counters of the processor, 12 Top-Down
/// shares. Together 103, the per-workload block of CloudFormer's schema (arXiv 2509.03394, section IV-A); with the mean of its
/// neighbours it makes 206.
/// </summary>
internal static partial class WorkloadMetrics
{
    /// <summary>Statistics that the kernel keeps per container, machine or group of processes.</summary>
    public const string VmGroup = "vm";

    /// <summary>Hardware and software events, and the cache and memory traffic that resctrl tells.</summary>
    public const string PerfGroup = "perf";

    /// <summary>Top-Down levels 1 and 2: where the issue slots of the cores went.</summary>
    public const string TopDownGroup = "topdown";

    /// <summary>All metrics of a workload in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. Cpu(), .. VirtualCpu(), .. Tasks(), .. Memory(), .. Disk(), .. Network(),
        .. HardwareEvents(), .. SoftwareEvents(), .. Derived(), .. Resctrl(),
        .. TopDown(),
    ];

    private static MetricDefinition Gauge(string group, string name, string unit, string source, string description) =>
        new(name, unit, MetricKind.Gauge, group, source, description);

    private static MetricDefinition Rate(string group, string name, string unit, string source, string description) =>
        new(name, unit, MetricKind.Rate, group, source, description);
}
