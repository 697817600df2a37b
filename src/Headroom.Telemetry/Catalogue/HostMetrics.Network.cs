namespace Headroom.Telemetry.Catalogue;

internal static partial class HostMetrics
{
    private const string Network = "network";

    private static IEnumerable<MetricDefinition> Interfaces() =>
    [
        .. NetworkMetrics.Traffic("the physical interfaces"),
        Rate(Network, "system.network.softnet.processed", "{packet}/s", "/proc/net/softnet_stat", "Packets taken from the receive queues of all CPUs."),
        Rate(Network, "system.network.softnet.dropped", "{packet}/s", "/proc/net/softnet_stat", "Packets dropped because a CPU's receive queue was full."),
        Rate(Network, "system.network.softnet.squeezed", "{event}/s", "/proc/net/softnet_stat", "How often receiving stopped with packets left because its time was up."),
    ];

    private static IEnumerable<MetricDefinition> Tcp() =>
    [
        Gauge(Network, "system.network.tcp.established", "{connection}", "/proc/net/snmp Tcp CurrEstab", "TCP connections that are open."),
        Snmp("system.network.tcp.opened.active", "{connection}/s", "Tcp ActiveOpens", "TCP connections this host began to open."),
        Snmp("system.network.tcp.opened.passive", "{connection}/s", "Tcp PassiveOpens", "TCP connections this host accepted."),
        Snmp("system.network.tcp.failed", "{connection}/s", "Tcp AttemptFails", "TCP connections that failed while being opened."),
        Snmp("system.network.tcp.reset", "{connection}/s", "Tcp EstabResets", "Open TCP connections that were reset."),
        Snmp("system.network.tcp.segments.receive", "{segment}/s", "Tcp InSegs", "TCP segments received."),
        Snmp("system.network.tcp.segments.transmit", "{segment}/s", "Tcp OutSegs", "TCP segments sent, without retransmitted ones."),
        Snmp("system.network.tcp.retransmitted", "{segment}/s", "Tcp RetransSegs", "TCP segments sent again."),
        Gauge(Network, "system.network.tcp.retransmit_ratio", "1", "/proc/net/snmp Tcp RetransSegs, OutSegs", "Retransmitted TCP segments over all that were sent in this interval."),
        Snmp("system.network.tcp.errors.receive", "{segment}/s", "Tcp InErrs", "TCP segments received damaged."),
        Snmp("system.network.tcp.resets.transmit", "{segment}/s", "Tcp OutRsts", "TCP resets sent."),
        Netstat("system.network.tcp.timeouts", "{event}/s", "TCPTimeouts", "Retransmission timers of TCP that ran out."),
        Netstat("system.network.tcp.lost_retransmits", "{segment}/s", "TCPLostRetransmit", "Retransmitted TCP segments that were lost as well."),
        Netstat("system.network.tcp.fast_retransmits", "{segment}/s", "TCPFastRetrans", "TCP segments sent again without waiting for a timer."),
        Netstat("system.network.tcp.syn_retransmits", "{segment}/s", "TCPSynRetrans", "Connection requests of TCP sent again."),
        Netstat("system.network.tcp.listen_overflows", "{connection}/s", "ListenOverflows", "TCP connections lost because a server's queue was full."),
        Netstat("system.network.tcp.listen_drops", "{connection}/s", "ListenDrops", "TCP connection requests dropped by listening sockets."),
        Netstat("system.network.tcp.backlog_drops", "{packet}/s", "TCPBacklogDrop", "Packets dropped because a socket's backlog was full."),
        Netstat("system.network.tcp.receive_pruned", "{packet}/s", "PruneCalled, RcvPruned, OfoPruned", "How often TCP threw received data away because a socket's buffer was full."),
        Netstat("system.network.tcp.receive_collapsed", "{packet}/s", "TCPRcvCollapsed", "Received TCP packets squeezed together to save memory."),
        Netstat("system.network.tcp.out_of_order", "{packet}/s", "TCPOFOQueue", "TCP packets that came out of order."),
        Netstat("system.network.tcp.memory_pressures", "{event}/s", "TCPMemoryPressures", "How often TCP came under memory pressure."),
        Netstat("system.network.tcp.zero_windows", "{event}/s", "TCPToZeroWindowAdv", "How often this host told a sender to stop."),
        Netstat("system.network.tcp.spurious_timeouts", "{event}/s", "TCPSpuriousRTOs", "Retransmission timers of TCP that ran out needlessly."),
    ];

    private static IEnumerable<MetricDefinition> Udp() =>
    [
        Snmp("system.network.udp.datagrams.receive", "{datagram}/s", "Udp InDatagrams", "UDP datagrams delivered to programs."),
        Snmp("system.network.udp.datagrams.transmit", "{datagram}/s", "Udp OutDatagrams", "UDP datagrams sent."),
        Snmp("system.network.udp.no_port", "{datagram}/s", "Udp NoPorts", "UDP datagrams for a port nobody listened on."),
        Snmp("system.network.udp.errors.receive", "{datagram}/s", "Udp InErrors", "UDP datagrams that could not be delivered."),
        Snmp("system.network.udp.buffer_errors.receive", "{datagram}/s", "Udp RcvbufErrors", "UDP datagrams dropped because the receiver's buffer was full."),
        Snmp("system.network.udp.buffer_errors.transmit", "{datagram}/s", "Udp SndbufErrors", "UDP datagrams dropped because the sender's buffer was full."),
    ];

    private static IEnumerable<MetricDefinition> Ip() =>
    [
        Snmp("system.network.ip.packets.receive", "{packet}/s", "Ip InReceives", "IPv4 packets received."),
        Snmp("system.network.ip.packets.transmit", "{packet}/s", "Ip OutRequests", "IPv4 packets that this host's programs sent."),
        Snmp("system.network.ip.packets.forwarded", "{packet}/s", "Ip ForwDatagrams", "IPv4 packets passed on for others."),
        Snmp("system.network.ip.dropped.receive", "{packet}/s", "Ip InDiscards", "IPv4 packets received and dropped for want of room."),
        Snmp("system.network.ip.dropped.transmit", "{packet}/s", "Ip OutDiscards", "IPv4 packets dropped before they were sent."),
        Snmp("system.network.ip.no_route", "{packet}/s", "Ip OutNoRoutes", "IPv4 packets for which there was no route."),
        Snmp("system.network.ip.reassembly_failures", "{packet}/s", "Ip ReasmFails", "IPv4 packets whose pieces could not be put together."),
        Snmp("system.network.ip.fragments", "{packet}/s", "Ip FragCreates", "Pieces that IPv4 packets were cut into."),
        Rate(Network, "system.network.ip.congestion_marks", "{packet}/s", "/proc/net/netstat IpExt InCEPkts", "IP packets that arrived with a congestion mark."),
    ];

    private static IEnumerable<MetricDefinition> Sockets() =>
    [
        Sockstat("system.network.socket.count", "{socket}", "sockets used", "Sockets in use."),
        Sockstat("system.network.socket.tcp.in_use", "{socket}", "TCP inuse", "TCP sockets in use."),
        Sockstat("system.network.socket.tcp.orphaned", "{socket}", "TCP orphan", "TCP sockets that no process holds any more."),
        Sockstat("system.network.socket.tcp.time_wait", "{socket}", "TCP tw", "TCP connections that wait for late packets after their end."),
        Sockstat("system.network.socket.tcp.memory", "By", "TCP mem", "Memory of TCP's buffers."),
        Sockstat("system.network.socket.udp.in_use", "{socket}", "UDP inuse", "UDP sockets in use."),
        Sockstat("system.network.socket.udp.memory", "By", "UDP mem", "Memory of UDP's buffers."),
        Gauge(Network, "system.network.connection.tracked", "{connection}", "/proc/sys/net/netfilter/nf_conntrack_count", "Connections the firewall keeps track of."),
        Gauge(Network, "system.network.connection.tracked_utilization", "1", "/proc/sys/net/netfilter/nf_conntrack_count, nf_conntrack_max", "Share of the firewall's table of connections that is in use; at 1 new ones are dropped."),
    ];

    private static MetricDefinition Snmp(string name, string unit, string source, string description) =>
        Rate(Network, name, unit, $"/proc/net/snmp {source}", description);

    private static MetricDefinition Netstat(string name, string unit, string source, string description) =>
        Rate(Network, name, unit, $"/proc/net/netstat TcpExt {source}", description);

    private static MetricDefinition Sockstat(string name, string unit, string source, string description) =>
        Gauge(Network, name, unit, $"/proc/net/sockstat {source}", description);
}
