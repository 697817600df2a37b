using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Networking;

/// <summary>Sockets (<c>/proc/net/sockstat</c>) and the firewall's table of connections.</summary>
internal sealed class SocketCollector : ICollector
{
    private readonly KernelFile _file;
    private readonly KernelFile _tracked;
    private readonly KernelFile _trackedLimit;
    private readonly (string Section, string Key, int Metric, double Scale)[] _metrics;
    private readonly int _trackedCount;
    private readonly int _trackedUtilization;

    public SocketCollector(CollectorServices services)
    {
        _file = services.Files.File("/proc/net/sockstat");
        _tracked = services.Files.File("/proc/sys/net/netfilter/nf_conntrack_count");
        _trackedLimit = services.Files.File("/proc/sys/net/netfilter/nf_conntrack_max");
        var entities = services.Entities;
        _metrics =
        [
            ("sockets:", "used", entities.Metric(EntityKind.Host, "system.network.socket.count"), 1),
            ("TCP:", "inuse", entities.Metric(EntityKind.Host, "system.network.socket.tcp.in_use"), 1),
            ("TCP:", "orphan", entities.Metric(EntityKind.Host, "system.network.socket.tcp.orphaned"), 1),
            ("TCP:", "tw", entities.Metric(EntityKind.Host, "system.network.socket.tcp.time_wait"), 1),
            ("TCP:", "mem", entities.Metric(EntityKind.Host, "system.network.socket.tcp.memory"), Environment.SystemPageSize),
            ("UDP:", "inuse", entities.Metric(EntityKind.Host, "system.network.socket.udp.in_use"), 1),
            ("UDP:", "mem", entities.Metric(EntityKind.Host, "system.network.socket.udp.memory"), Environment.SystemPageSize),
        ];
        _trackedCount = entities.Metric(EntityKind.Host, "system.network.connection.tracked");
        _trackedUtilization = entities.Metric(EntityKind.Host, "system.network.connection.tracked_utilization");
    }

    public string Name => "sockets";

    public void Collect(CollectionContext context)
    {
        if (_file.TryRead(out var content))
        {
            CollectSockets(context, content);
        }

        if (_tracked.TryReadSigned(out var tracked) && tracked >= 0)
        {
            context.Host.Set(_trackedCount, tracked);
            if (_trackedLimit.TryReadSigned(out var limit) && limit > 0)
            {
                context.Host.Set(_trackedUtilization, tracked / (double)limit);
            }
        }
    }

    private void CollectSockets(CollectionContext context, ReadOnlySpan<byte> content)
    {
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var fields = new Fields(line);
            fields.TryReadWord(out var section);
            while (fields.TryReadWord(out var key))
            {
                if (!fields.TryReadUnsigned(out var value))
                {
                    context.Malformed(_file.Path, "'section: name number name number…'", line);
                    break;
                }

                foreach (var metric in _metrics)
                {
                    if (Ascii(section, metric.Section) && Ascii(key, metric.Key))
                    {
                        context.Host.Set(metric.Metric, value * metric.Scale);
                    }
                }
            }
        }
    }

    private static bool Ascii(ReadOnlySpan<byte> bytes, string text) => System.Text.Ascii.Equals(bytes, text);
}
