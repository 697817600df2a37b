using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Mapping.OpenTelemetry;

/// <summary>Metrics of the conventions per disk and per interface.</summary>
internal static class OtelDevices
{
    public static IEnumerable<MetricTarget> Map(SeriesIdentity series)
    {
        var direction = series.Label("disk.io.direction", "network.io.direction", "direction");
        var isRead = direction is "read" or "receive";
        if (series.Name.StartsWith("system.disk.", StringComparison.Ordinal))
        {
            var quantity = DiskQuantity(series.Name, isRead ? "read" : "write", hasDirection: direction is "read" or "write");
            return quantity is null ? [] : DiskIo.Of(series, Plain(series.Label("system.device", "device")), quantity);
        }

        if (direction is not ("receive" or "transmit"))
        {
            return [];
        }

        var metric = series.Name switch
        {
            "system.network.io" => $"system.network.io.{direction}",
            "system.network.packets" or "system.network.packet.count" => $"system.network.packets.{direction}",
            "system.network.errors" => $"system.network.errors.{direction}",
            "system.network.dropped" or "system.network.packet.dropped" => $"system.network.dropped.{direction}",
            _ => null,
        };
        return metric is null ? [] : InterfaceTraffic.Of(series, series.Label("network.interface.name", "system.device", "device"), metric);
    }

    private static string? DiskQuantity(string name, string direction, bool hasDirection) => name switch
    {
        "system.disk.io_time" => "busy",
        "system.disk.weighted_io_time" => "weighted",
        "system.disk.pending_operations" => "pending",
        _ when !hasDirection => null,
        "system.disk.io" => $"bytes.{direction}",
        "system.disk.operations" => $"operations.{direction}",
        "system.disk.operation_time" => $"time.{direction}",
        "system.disk.merged" => $"merged.{direction}",
        _ => null,
    };

    private static string? Plain(string? device) =>
        device is not null && device.StartsWith("/dev/", StringComparison.Ordinal) ? device["/dev/".Length..] : device;
}
