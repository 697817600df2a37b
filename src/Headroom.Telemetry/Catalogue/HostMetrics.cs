namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of a machine as a whole. Totals over disks and interfaces count physical devices, so that nothing counts twice.</summary>
internal static partial class HostMetrics
{
    /// <summary>All metrics of a host in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. Processors(), .. Scheduling(), .. Pressure(),
        .. Memory(), .. Paging(), .. Reclaim(), .. LargePages(), .. NumaBalancing(),
        .. Disks(), .. Filesystems(),
        .. Interfaces(), .. Tcp(), .. Udp(), .. Ip(), .. Sockets(),
        .. Hardware(), .. Limits(), .. Agent(),
    ];

    private static MetricDefinition Gauge(string group, string name, string unit, string source, string description) =>
        new(name, unit, MetricKind.Gauge, group, source, description);

    private static MetricDefinition Rate(string group, string name, string unit, string source, string description) =>
        new(name, unit, MetricKind.Rate, group, source, description);
}
