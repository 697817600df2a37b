using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.Machine;

/// <summary>What a disk does, for the disk and for the host's physical disks together.</summary>
internal static class DiskIo
{
    private const string Size = "system.disk.request_size";

    internal static Dictionary<string, MetricRule[]> Rules { get; } = new(StringComparer.Ordinal)
    {
        ["bytes.read"] = [Rate("system.disk.io.read"), Rate(Size).Over(4)],
        ["bytes.write"] = [Rate("system.disk.io.write"), Rate(Size).Over(4)],
        ["bytes.discard"] = [Rate("system.disk.io.discard")],
        ["operations.read"] = [Rate("system.disk.operations.read"), Rate("system.disk.latency.read").Under(), Rate(Size).Under(4)],
        ["operations.write"] = [Rate("system.disk.operations.write"), Rate("system.disk.latency.write").Under(), Rate(Size).Under(4)],
        ["operations.discard"] = [Rate("system.disk.operations.discard")],
        ["operations.flush"] = [Rate("system.disk.operations.flush"), Rate("system.disk.latency.flush").Under()],
        ["time.read"] = [Rate("system.disk.latency.read").Over()],
        ["time.write"] = [Rate("system.disk.latency.write").Over()],
        ["time.flush"] = [Rate("system.disk.latency.flush").Over()],
        ["merged.read"] = [Rate("system.disk.merged.read")],
        ["merged.write"] = [Rate("system.disk.merged.write")],
        ["busy"] = [Rate("system.disk.io_time")],
        ["weighted"] = [Rate("system.disk.queue_depth")],
        ["pending"] = [Level("system.disk.pending")],
    };

    /// <param name="series">The series.</param>
    /// <param name="device">Name of the disk; partitions, loop devices and RAM disks are left out.</param>
    /// <param name="quantity">What is counted, for example <c>bytes.read</c>.</param>
    /// <param name="factor">Turns the sender's unit into bytes or seconds.</param>
    public static IEnumerable<MetricTarget> Of(SeriesIdentity series, string? device, string quantity, double factor = 1)
    {
        if (device is null || !DeviceNames.IsDisk(device) || !Rules.TryGetValue(quantity, out var rules))
        {
            yield break;
        }

        var isPhysical = DeviceNames.IsPhysicalDisk(device);
        foreach (var rule in rules)
        {
            yield return new(MachineParts.Disk(series, device), rule.Times(factor));
            if (isPhysical)
            {
                yield return new(MachineParts.Host(series), ForHost(rule).Times(factor));
            }
        }

        if (isPhysical && quantity == "busy")
        {
            yield return new(MachineParts.Host(series), Rate("system.disk.utilization.busiest").Largest().Times(factor));
        }
    }

    private static MetricRule ForHost(MetricRule rule) =>
        rule.Combine == Combine.Ratio ? rule : rule.Metric == "system.disk.io_time" ? rule.Averaged() : rule.Summed();
}
