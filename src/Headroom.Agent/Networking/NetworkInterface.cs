using Headroom.Agent.Collecting;
using Headroom.Agent.Files;

namespace Headroom.Agent.Networking;

/// <summary>One interface and its previous reading.</summary>
/// <param name="entity">Its row, or null when there are more interfaces than rows are wanted.</param>
/// <param name="isPhysical">Whether a device stands behind it, so that the host's totals count it.</param>
internal sealed class NetworkInterface(Entity? entity, bool isPhysical, KernelFile speed, KernelFile carrier, KernelFile carrierChanges) : IDisposable
{
    public Entity? Entity => entity;

    public bool IsPhysical => isPhysical;

    public KernelFile Speed => speed;

    public KernelFile Carrier => carrier;

    public KernelFile CarrierChanges => carrierChanges;

    public CounterRow Counters { get; } = new(InterfaceTraffic.ColumnCount);

    public bool IsKnown { get; set; }

    public long LastTick { get; set; }

    public void Dispose()
    {
        speed.Dispose();
        carrier.Dispose();
        carrierChanges.Dispose();
    }
}
