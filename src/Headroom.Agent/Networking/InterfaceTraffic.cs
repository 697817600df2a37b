using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Networking;

/// <summary>What the increases of an interface's counters, or of several together, say.</summary>
internal sealed class InterfaceTraffic(EntityRegistry entities, EntityKind kind)
{
    /// <summary>Columns of <c>/proc/net/dev</c> after the name.</summary>
    public const int ColumnCount = 16;

    public const int BytesReceived = 0;
    public const int BytesTransmitted = 8;

    private readonly (int Column, int Metric)[] _metrics =
    [
        (BytesReceived, entities.Metric(kind, "system.network.io.receive")),
        (1, entities.Metric(kind, "system.network.packets.receive")),
        (2, entities.Metric(kind, "system.network.errors.receive")),
        (3, entities.Metric(kind, "system.network.dropped.receive")),
        (4, entities.Metric(kind, "system.network.fifo_errors.receive")),
        (5, entities.Metric(kind, "system.network.frame_errors")),
        (7, entities.Metric(kind, "system.network.multicast")),
        (BytesTransmitted, entities.Metric(kind, "system.network.io.transmit")),
        (9, entities.Metric(kind, "system.network.packets.transmit")),
        (10, entities.Metric(kind, "system.network.errors.transmit")),
        (11, entities.Metric(kind, "system.network.dropped.transmit")),
        (12, entities.Metric(kind, "system.network.fifo_errors.transmit")),
        (13, entities.Metric(kind, "system.network.collisions")),
        (14, entities.Metric(kind, "system.network.carrier_errors")),
    ];

    public void Set(Entity entity, ReadOnlySpan<double> increases, double seconds)
    {
        foreach (var (column, metric) in _metrics)
        {
            entity.Set(metric, increases[column] / seconds);
        }
    }
}
