namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of one network interface; its traffic, summed, is part of a host's.</summary>
internal static class NetworkMetrics
{
    private const string Source = "/proc/net/dev";

    /// <summary>All metrics of an interface in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. Traffic("the interface"),
        Gauge("system.network.bandwidth.limit", "bit/s", "/sys/class/net/*/speed", "Speed of the link."),
        Gauge("system.network.utilization", "1", "/proc/net/dev, /sys/class/net/*/speed", "Traffic of the busier direction over the speed of the link."),
        new("system.network.carrier", "1", MetricKind.State, "network", "/sys/class/net/*/carrier", "1 while the link is up, 0 while it is down."),
        new("system.network.carrier_changes", "{event}/s", MetricKind.Rate, "network", "/sys/class/net/*/carrier_changes", "How often the link went up or down."),
    ];

    /// <param name="whole">What the numbers are about, for the descriptions.</param>
    public static IEnumerable<MetricDefinition> Traffic(string whole)
    {
        yield return Rate("system.network.io.receive", "By/s", $"Bytes received by {whole}.");
        yield return Rate("system.network.io.transmit", "By/s", $"Bytes sent by {whole}.");
        yield return Rate("system.network.packets.receive", "{packet}/s", $"Packets received by {whole}.");
        yield return Rate("system.network.packets.transmit", "{packet}/s", $"Packets sent by {whole}.");
        yield return Rate("system.network.errors.receive", "{error}/s", $"Packets that {whole} received damaged.");
        yield return Rate("system.network.errors.transmit", "{error}/s", $"Packets that {whole} could not send.");
        yield return Rate("system.network.dropped.receive", "{packet}/s", $"Received packets that {whole} dropped, mostly for want of room.");
        yield return Rate("system.network.dropped.transmit", "{packet}/s", $"Packets that {whole} dropped before they were sent.");
        yield return Rate("system.network.fifo_errors.receive", "{error}/s", $"Receive overruns of {whole}.");
        yield return Rate("system.network.fifo_errors.transmit", "{error}/s", $"Transmit underruns of {whole}.");
        yield return Rate("system.network.frame_errors", "{error}/s", $"Received packets that {whole} found misaligned.");
        yield return Rate("system.network.collisions", "{event}/s", $"Collisions seen by {whole}.");
        yield return Rate("system.network.carrier_errors", "{error}/s", $"Packets that {whole} lost with the carrier.");
        yield return Rate("system.network.multicast", "{packet}/s", $"Multicast packets received by {whole}.");
    }

    private static MetricDefinition Rate(string name, string unit, string description) => new(name, unit, MetricKind.Rate, "network", Source, description);

    private static MetricDefinition Gauge(string name, string unit, string source, string description) => new(name, unit, MetricKind.Gauge, "network", source, description);
}
