using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.NodeExporter;

/// <summary>Series per disk, filesystem, interface and sensor.</summary>
internal static class NodeDevices
{
    private const double SectorBytes = 512;
    private const double BitsPerByte = 8;

    private static readonly Dictionary<string, string> Disk = new(StringComparer.Ordinal)
    {
        ["node_disk_read_bytes_total"] = "bytes.read",
        ["node_disk_written_bytes_total"] = "bytes.write",
        ["node_disk_discarded_sectors_total"] = "bytes.discard",
        ["node_disk_reads_completed_total"] = "operations.read",
        ["node_disk_writes_completed_total"] = "operations.write",
        ["node_disk_discards_completed_total"] = "operations.discard",
        ["node_disk_flush_requests_total"] = "operations.flush",
        ["node_disk_read_time_seconds_total"] = "time.read",
        ["node_disk_write_time_seconds_total"] = "time.write",
        ["node_disk_flush_requests_time_seconds_total"] = "time.flush",
        ["node_disk_reads_merged_total"] = "merged.read",
        ["node_disk_writes_merged_total"] = "merged.write",
        ["node_disk_io_time_seconds_total"] = "busy",
        ["node_disk_io_time_weighted_seconds_total"] = "weighted",
        ["node_disk_io_now"] = "pending",
    };

    private static readonly Dictionary<string, string> Network = new(StringComparer.Ordinal)
    {
        ["node_network_receive_bytes_total"] = "system.network.io.receive",
        ["node_network_transmit_bytes_total"] = "system.network.io.transmit",
        ["node_network_receive_packets_total"] = "system.network.packets.receive",
        ["node_network_transmit_packets_total"] = "system.network.packets.transmit",
        ["node_network_receive_errs_total"] = "system.network.errors.receive",
        ["node_network_transmit_errs_total"] = "system.network.errors.transmit",
        ["node_network_receive_drop_total"] = "system.network.dropped.receive",
        ["node_network_transmit_drop_total"] = "system.network.dropped.transmit",
        ["node_network_receive_fifo_total"] = "system.network.fifo_errors.receive",
        ["node_network_transmit_fifo_total"] = "system.network.fifo_errors.transmit",
        ["node_network_receive_frame_total"] = "system.network.frame_errors",
        ["node_network_transmit_colls_total"] = "system.network.collisions",
        ["node_network_transmit_carrier_total"] = "system.network.carrier_errors",
        ["node_network_receive_multicast_total"] = "system.network.multicast",
    };

    /// <summary>Where the series goes; null when it is none of these.</summary>
    public static IEnumerable<MetricTarget>? Map(SeriesIdentity series)
    {
        var device = series.Label("device");
        if (Disk.TryGetValue(series.Name, out var quantity))
        {
            return DiskIo.Of(series, device, quantity, quantity == "bytes.discard" ? SectorBytes : 1);
        }

        if (Network.TryGetValue(series.Name, out var metric))
        {
            return InterfaceTraffic.Of(series, device, metric);
        }

        return series.Name switch
        {
            "node_network_speed_bytes" => InterfaceTraffic.Link(series, device, Level("system.network.bandwidth.limit").Times(BitsPerByte).PositiveOnly()),
            "node_network_carrier" => InterfaceTraffic.Link(series, device, Level("system.network.carrier")),
            "node_network_carrier_changes_total" => InterfaceTraffic.Link(series, device, Rate("system.network.carrier_changes")),
            "node_filesystem_size_bytes" => Filesystem(series, device, name =>
                [Level("system.filesystem.limit").Summed().Into(name), Level("system.filesystem.usage.used").Summed().Into(name).Of(2)]),
            "node_filesystem_free_bytes" => Filesystem(series, device, name =>
                [Level("system.filesystem.usage.used").Summed().Less().Into($"free of {name}").Of(2)]),
            "node_hwmon_temp_celsius" => Temperature(series),
            _ => null,
        };
    }

    // A device that is mounted twice is one filesystem.
    private static IEnumerable<MetricTarget> Filesystem(SeriesIdentity series, string? device, Func<string, MetricRule[]> rules)
    {
        var isOnDisk = device is not null && device.StartsWith("/dev/", StringComparison.Ordinal) && !device.StartsWith("/dev/loop", StringComparison.Ordinal);
        return isOnDisk ? rules(device!).Select(rule => new MetricTarget(MachineParts.Host(series), rule)) : [];
    }

    private static IEnumerable<MetricTarget> Temperature(SeriesIdentity series)
    {
        var host = MachineParts.Host(series);
        yield return new(host, Level("hw.temperature.max").Largest());
        yield return new(host, Level("hw.temperature.mean").Averaged());
        if (series.Label("chip") is { } chip && (chip.Contains("coretemp", StringComparison.Ordinal) || chip.Contains("k10temp", StringComparison.Ordinal)))
        {
            yield return new(host, Level("hw.temperature.cpu").Largest());
        }
    }
}
