using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Tasks;

namespace Headroom.Agent.Workloads.Network;

/// <summary>
/// Traffic of the network namespace a workload's processes live in. A workload in the host's namespace has none of its own: its
/// traffic cannot be told from the host's, so it stays missing. Containers of one pod share a namespace and all show its traffic.
/// </summary>
internal sealed class NamespaceReader(KernelFiles files, WorkloadMembers members) : IWorkloadReader
{
    private const int TicksBetweenLooks = 5;

    private static readonly int Retransmits = WorkloadMetric.Ordinal("container.network.tcp.retransmits");

    private readonly string? _hostNamespace = files.System.ReadLink("/proc/1/ns/net");
    private KernelFile? _devices;
    private KernelFile? _protocols;
    private int _ticksUntilLook;

    public void Read(Entity entity)
    {
        if (_devices is null && _ticksUntilLook-- <= 0)
        {
            _ticksUntilLook = TicksBetweenLooks - 1;
            Look();
        }

        if (_devices is null)
        {
            return;
        }

        if (!_devices.TryRead(out var devices))
        {
            Dispose();
            return;
        }

        ParseDevices(devices).SetOn(entity);
        if (_protocols is not null && _protocols.TryRead(out var protocols) && ParseRetransmits(protocols) is { } retransmits)
        {
            entity.SetRate(Retransmits, retransmits);
        }
    }

    public void Dispose()
    {
        _devices?.Dispose();
        _protocols?.Dispose();
        _devices = _protocols = null;
    }

    /// <summary>Sums <c>/proc/PID/net/dev</c> over all interfaces but the loopback.</summary>
    internal static NetworkCounters ParseDevices(ReadOnlySpan<byte> content)
    {
        var sum = default(NetworkCounters);
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || line[..colon].Trim((byte)' ').SequenceEqual("lo"u8))
            {
                continue;
            }

            // Receive: bytes packets errs drop fifo frame compressed multicast; transmit: bytes packets errs drop.
            var fields = new Fields(line[(colon + 1)..]);
            if (fields.TryReadUnsigned(out var receiveBytes) && fields.TryReadUnsigned(out var receivePackets) && fields.Skip(1) && fields.TryReadUnsigned(out var receiveDropped)
                && fields.Skip(4) && fields.TryReadUnsigned(out var transmitBytes) && fields.TryReadUnsigned(out var transmitPackets) && fields.Skip(1) && fields.TryReadUnsigned(out var transmitDropped))
            {
                sum.ReceiveBytes += receiveBytes;
                sum.ReceivePackets += receivePackets;
                sum.ReceiveDropped += receiveDropped;
                sum.TransmitBytes += transmitBytes;
                sum.TransmitPackets += transmitPackets;
                sum.TransmitDropped += transmitDropped;
            }
        }

        return sum;
    }

    /// <summary>RetransSegs of <c>/proc/PID/net/snmp</c>, the 12th number of the second line "Tcp:".</summary>
    internal static ulong? ParseRetransmits(ReadOnlySpan<byte> content)
    {
        var at = content.LastIndexOf("\nTcp:"u8);
        if (at < 0)
        {
            return null;
        }

        var fields = new Fields(content[(at + 5)..]);
        return fields.Skip(11) && fields.TryReadUnsigned(out var retransmits) ? retransmits : null;
    }

    private void Look()
    {
        foreach (var pid in members.Pids)
        {
            if (files.System.ReadLink($"/proc/{pid}/ns/net") is { } own)
            {
                if (own != _hostNamespace && _hostNamespace is not null)
                {
                    _devices = files.File($"/proc/{pid}/net/dev");
                    _protocols = files.File($"/proc/{pid}/net/snmp");
                }

                return;
            }
        }
    }
}
