using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Networking;

/// <summary>State and speed of an interface's link. The kernel refuses to tell them for an interface that is down, and virtual ones have no speed.</summary>
internal sealed class InterfaceLink(EntityRegistry entities)
{
    private const double BitsPerMegabit = 1e6;
    private const double BitsPerByte = 8;

    private readonly int _speed = entities.Metric(EntityKind.NetworkInterface, "system.network.bandwidth.limit");
    private readonly int _utilization = entities.Metric(EntityKind.NetworkInterface, "system.network.utilization");
    private readonly int _carrier = entities.Metric(EntityKind.NetworkInterface, "system.network.carrier");
    private readonly int _changes = entities.Metric(EntityKind.NetworkInterface, "system.network.carrier_changes");

    public void Set(Entity entity, NetworkInterface networkInterface)
    {
        if (networkInterface.Carrier.TryReadSigned(out var carrier))
        {
            entity.Set(_carrier, carrier);
        }

        if (networkInterface.CarrierChanges.TryReadSigned(out var changes) && changes >= 0)
        {
            entity.SetRate(_changes, (ulong)changes);
        }

        // Drivers say -1 (in older kernels 65535 or 4294967295) for "unknown".
        if (!networkInterface.Speed.TryReadSigned(out var megabits) || megabits is <= 0 or 65535 or uint.MaxValue)
        {
            return;
        }

        var counters = networkInterface.Counters;
        var busier = double.MaxNumber(counters.Increases[InterfaceTraffic.BytesReceived], counters.Increases[InterfaceTraffic.BytesTransmitted]);
        entity.Set(_speed, megabits * BitsPerMegabit);
        entity.Set(_utilization, busier * BitsPerByte / counters.Seconds / (megabits * BitsPerMegabit));
    }
}
