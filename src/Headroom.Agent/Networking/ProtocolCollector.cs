using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Networking;

/// <summary>What IP, TCP and UDP count: <c>/proc/net/snmp</c> and <c>/proc/net/netstat</c>, pairs of lines with names above and numbers below.</summary>
internal sealed class ProtocolCollector : ICollector
{
    private readonly ProtocolTable[] _tables;
    private readonly KeyedMetrics _metrics;
    private readonly int _retransmitRatio;
    private readonly int _retransmittedPlace;
    private readonly int _sentPlace;
    private Counter _retransmitted;
    private Counter _sent;

    public ProtocolCollector(CollectorServices services)
    {
        _tables =
        [
            new(services.Files.File("/proc/1/net/snmp"), services.Files.File("/proc/net/snmp")),
            new(services.Files.File("/proc/1/net/netstat"), services.Files.File("/proc/net/netstat")),
        ];
        _metrics = Metrics(services);
        _retransmitRatio = services.Entities.Metric(EntityKind.Host, "system.network.tcp.retransmit_ratio");
        _retransmittedPlace = _metrics.Place("Tcp.RetransSegs");
        _sentPlace = _metrics.Place("Tcp.OutSegs");
    }

    public string Name => "protocols";

    public void Collect(CollectionContext context)
    {
        _metrics.Begin();
        foreach (var table in _tables)
        {
            table.Read(context, _metrics);
        }

        _metrics.Apply(context.Host);
        if (_metrics[_retransmittedPlace] is { } retransmitted && _metrics[_sentPlace] is { } sent)
        {
            // OutSegs leaves retransmitted segments out (RFC 4022), so all that was sent is their sum.
            var again = _retransmitted.Increase((ulong)retransmitted, context.MonotonicNanoseconds);
            var all = again + _sent.Increase((ulong)sent, context.MonotonicNanoseconds);
            context.Host.Set(_retransmitRatio, again / all ?? double.NaN);
        }
    }

    private static KeyedMetrics Metrics(CollectorServices services) => new KeyedMetrics(services.Entities, EntityKind.Host)
        .Add("Tcp.CurrEstab", "system.network.tcp.established")
        .Add("Tcp.ActiveOpens", "system.network.tcp.opened.active")
        .Add("Tcp.PassiveOpens", "system.network.tcp.opened.passive")
        .Add("Tcp.AttemptFails", "system.network.tcp.failed")
        .Add("Tcp.EstabResets", "system.network.tcp.reset")
        .Add("Tcp.InSegs", "system.network.tcp.segments.receive")
        .Add("Tcp.OutSegs", "system.network.tcp.segments.transmit")
        .Add("Tcp.RetransSegs", "system.network.tcp.retransmitted")
        .Add("Tcp.InErrs", "system.network.tcp.errors.receive")
        .Add("Tcp.OutRsts", "system.network.tcp.resets.transmit")
        .Add("TcpExt.TCPTimeouts", "system.network.tcp.timeouts")
        .Add("TcpExt.TCPLostRetransmit", "system.network.tcp.lost_retransmits")
        .Add("TcpExt.TCPFastRetrans", "system.network.tcp.fast_retransmits")
        .Add("TcpExt.TCPSynRetrans", "system.network.tcp.syn_retransmits")
        .Add("TcpExt.ListenOverflows", "system.network.tcp.listen_overflows")
        .Add("TcpExt.ListenDrops", "system.network.tcp.listen_drops")
        .Add("TcpExt.TCPBacklogDrop", "system.network.tcp.backlog_drops")
        .AddSum("system.network.tcp.receive_pruned", 1, "TcpExt.PruneCalled", "TcpExt.RcvPruned", "TcpExt.OfoPruned")
        .Add("TcpExt.TCPRcvCollapsed", "system.network.tcp.receive_collapsed")
        .Add("TcpExt.TCPOFOQueue", "system.network.tcp.out_of_order")
        .Add("TcpExt.TCPMemoryPressures", "system.network.tcp.memory_pressures")
        .Add("TcpExt.TCPToZeroWindowAdv", "system.network.tcp.zero_windows")
        .Add("TcpExt.TCPSpuriousRTOs", "system.network.tcp.spurious_timeouts")
        .Add("Udp.InDatagrams", "system.network.udp.datagrams.receive")
        .Add("Udp.OutDatagrams", "system.network.udp.datagrams.transmit")
        .Add("Udp.NoPorts", "system.network.udp.no_port")
        .Add("Udp.InErrors", "system.network.udp.errors.receive")
        .Add("Udp.RcvbufErrors", "system.network.udp.buffer_errors.receive")
        .Add("Udp.SndbufErrors", "system.network.udp.buffer_errors.transmit")
        .Add("Ip.InReceives", "system.network.ip.packets.receive")
        .Add("Ip.OutRequests", "system.network.ip.packets.transmit")
        .Add("Ip.ForwDatagrams", "system.network.ip.packets.forwarded")
        .Add("Ip.InDiscards", "system.network.ip.dropped.receive")
        .Add("Ip.OutDiscards", "system.network.ip.dropped.transmit")
        .Add("Ip.OutNoRoutes", "system.network.ip.no_route")
        .Add("Ip.ReasmFails", "system.network.ip.reassembly_failures")
        .Add("Ip.FragCreates", "system.network.ip.fragments")
        .Add("IpExt.InCEPkts", "system.network.ip.congestion_marks");
}

/// <summary>One file of such pairs. Its names stay the same while the machine runs, so they are taken apart only when they change.</summary>
internal sealed class ProtocolTable(KernelFile host, KernelFile own)
{
    private readonly List<(byte[] Header, byte[][] Keys)> _sections = [];

    public void Read(CollectionContext context, KeyedMetrics metrics)
    {
        if (!host.TryRead(out var content) && !own.TryRead(out content))
        {
            return;
        }

        var lines = new Lines(content);
        for (var section = 0; lines.TryRead(out var names) && lines.TryRead(out var numbers); section++)
        {
            var keys = Keys(section, names);
            var fields = new Fields(numbers);
            if (!fields.TryReadWord(out var protocol) || !names.StartsWith(protocol))
            {
                context.Malformed(host.Path, "a line of names and a line of numbers of the same protocol", numbers);
                return;
            }

            foreach (var key in keys)
            {
                // MaxConn is -1 for "no limit"; it is no metric of ours.
                if (!fields.TryReadWord(out var word))
                {
                    context.Malformed(host.Path, "as many numbers as names", numbers);
                    break;
                }

                if (System.Buffers.Text.Utf8Parser.TryParse(word, out ulong value, out var used) && used == word.Length)
                {
                    metrics.Put(key, value);
                }
            }
        }
    }

    private byte[][] Keys(int section, ReadOnlySpan<byte> header)
    {
        if (section < _sections.Count && header.SequenceEqual(_sections[section].Header))
        {
            return _sections[section].Keys;
        }

        var words = Encoding.UTF8.GetString(header).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var keys = words.Skip(1).Select(name => Utf8Keys.Key($"{words[0].TrimEnd(':')}.{name}")).ToArray();
        if (section < _sections.Count)
        {
            _sections.RemoveRange(section, _sections.Count - section);
        }

        _sections.Add((header.ToArray(), keys));
        return keys;
    }
}
