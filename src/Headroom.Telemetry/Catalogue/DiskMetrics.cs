namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of one block device; the same list, summed, is part of a host's.</summary>
internal static class DiskMetrics
{
    private const string Source = "/proc/diskstats";

    /// <summary>All metrics of a disk in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. Io("the disk"),
        new("system.disk.limit", "By", MetricKind.Gauge, "disk", "/sys/block/*/size", "Size of the disk."),
    ];

    /// <param name="whole">What the numbers are about, for the descriptions.</param>
    public static IEnumerable<MetricDefinition> Io(string whole)
    {
        yield return Rate("system.disk.io.read", "By/s", $"Bytes read from {whole}.");
        yield return Rate("system.disk.io.write", "By/s", $"Bytes written to {whole}.");
        yield return Rate("system.disk.io.discard", "By/s", $"Bytes declared unused (TRIM) on {whole}.");
        yield return Rate("system.disk.operations.read", "{operation}/s", $"Reads completed by {whole}.");
        yield return Rate("system.disk.operations.write", "{operation}/s", $"Writes completed by {whole}.");
        yield return Rate("system.disk.operations.discard", "{operation}/s", $"Discards completed by {whole}.");
        yield return Rate("system.disk.operations.flush", "{operation}/s", $"Cache flushes completed by {whole}.");
        yield return Rate("system.disk.merged.read", "{operation}/s", $"Reads merged with a neighbour before they reached {whole}.");
        yield return Rate("system.disk.merged.write", "{operation}/s", $"Writes merged with a neighbour before they reached {whole}.");
        yield return Gauge("system.disk.latency.read", "s", $"Mean time of the reads that {whole} completed in this interval, queueing included.");
        yield return Gauge("system.disk.latency.write", "s", $"Mean time of the writes that {whole} completed in this interval, queueing included.");
        yield return Gauge("system.disk.latency.flush", "s", $"Mean time of the cache flushes that {whole} completed in this interval.");
        yield return Rate("system.disk.io_time", "1", $"Share of time in which I/O was in flight, mean over {whole}.");
        yield return Rate("system.disk.queue_depth", "{operation}", $"Mean number of operations in flight or queued at {whole}.");
        yield return Gauge("system.disk.pending", "{operation}", $"Operations in flight at {whole} at the moment of reading.");
        yield return Gauge("system.disk.request_size", "By", $"Mean size of the reads and writes that {whole} completed in this interval.");
    }

    private static MetricDefinition Rate(string name, string unit, string description) => new(name, unit, MetricKind.Rate, "disk", Source, description);

    private static MetricDefinition Gauge(string name, string unit, string description) => new(name, unit, MetricKind.Gauge, "disk", Source, description);
}
