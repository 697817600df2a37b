using Headroom.Agent.Collecting;

namespace Headroom.Agent.Workloads.Network;

/// <summary>Counters of a workload's network, from its own point of view.</summary>
internal struct NetworkCounters
{
    private static readonly int ReceiveBytesMetric = WorkloadMetric.Ordinal("container.network.io.receive");
    private static readonly int TransmitBytesMetric = WorkloadMetric.Ordinal("container.network.io.transmit");
    private static readonly int ReceivePacketsMetric = WorkloadMetric.Ordinal("container.network.packets.receive");
    private static readonly int TransmitPacketsMetric = WorkloadMetric.Ordinal("container.network.packets.transmit");
    private static readonly int ReceiveDroppedMetric = WorkloadMetric.Ordinal("container.network.dropped.receive");
    private static readonly int TransmitDroppedMetric = WorkloadMetric.Ordinal("container.network.dropped.transmit");

    public ulong ReceiveBytes;
    public ulong TransmitBytes;
    public ulong ReceivePackets;
    public ulong TransmitPackets;
    public ulong ReceiveDropped;
    public ulong TransmitDropped;

    public readonly void SetOn(Entity entity)
    {
        entity.SetRate(ReceiveBytesMetric, ReceiveBytes);
        entity.SetRate(TransmitBytesMetric, TransmitBytes);
        entity.SetRate(ReceivePacketsMetric, ReceivePackets);
        entity.SetRate(TransmitPacketsMetric, TransmitPackets);
        entity.SetRate(ReceiveDroppedMetric, ReceiveDropped);
        entity.SetRate(TransmitDroppedMetric, TransmitDropped);
    }
}
