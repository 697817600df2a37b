using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.NodeExporter;

/// <summary>Series of the host as a whole, by name.</summary>
internal static class NodeHost
{
    private const double BytesPerKibibyte = 1024;

    public static IReadOnlyDictionary<string, MetricRule[]> Rules { get; } = new[] { Kernel(), NodeMemory.Rules(), Paging(), Network(), Hardware() }
        .SelectMany(part => part)
        .ToDictionary(rule => rule.Key, rule => rule.Value, StringComparer.Ordinal);

    private static Dictionary<string, MetricRule[]> Kernel() => new(StringComparer.Ordinal)
    {
        ["node_load1"] = [Level("system.linux.load.1m")],
        ["node_load5"] = [Level("system.linux.load.5m")],
        ["node_load15"] = [Level("system.linux.load.15m")],
        ["node_procs_running"] = [Level("system.task.runnable")],
        ["node_procs_blocked"] = [Level("system.task.blocked")],
        ["node_processes_threads"] = [Level("system.task.count"), Level("system.task.utilization").Over()],
        ["node_processes_max_threads"] = [Level("system.task.utilization").Under()],
        ["node_forks_total"] = [Rate("system.process.created")],
        ["node_context_switches_total"] = [Rate("system.cpu.context_switches")],
        ["node_intr_total"] = [Rate("system.cpu.interrupts")],
        ["node_pressure_cpu_waiting_seconds_total"] = [Rate("system.pressure.cpu.some")],
        ["node_pressure_memory_waiting_seconds_total"] = [Rate("system.pressure.memory.some")],
        ["node_pressure_memory_stalled_seconds_total"] = [Rate("system.pressure.memory.full")],
        ["node_pressure_io_waiting_seconds_total"] = [Rate("system.pressure.io.some")],
        ["node_pressure_io_stalled_seconds_total"] = [Rate("system.pressure.io.full")],
        ["node_pressure_irq_stalled_seconds_total"] = [Rate("system.pressure.irq.full")],
        ["node_time_seconds"] = [Level("system.uptime").Summed().Of(2)],
        ["node_boot_time_seconds"] = [Level("system.uptime").Summed().Less().Of(2)],
        ["node_filefd_allocated"] = [Level("system.filehandle.count"), Level("system.filehandle.utilization").Over()],
        ["node_filefd_maximum"] = [Level("system.filehandle.utilization").Under()],
    };

    private static Dictionary<string, MetricRule[]> Paging() => new(StringComparer.Ordinal)
    {
        ["node_vmstat_pgfault"] = [Rate("system.paging.faults.minor").Summed().Of(2)],
        ["node_vmstat_pgmajfault"] = [Rate("system.paging.faults.major"), Rate("system.paging.faults.minor").Summed().Less().Of(2)],
        ["node_vmstat_pgpgin"] = [Rate("system.paging.io.in").Times(BytesPerKibibyte)],
        ["node_vmstat_pgpgout"] = [Rate("system.paging.io.out").Times(BytesPerKibibyte)],
        ["node_vmstat_pswpin"] = [Rate("system.paging.operations.in")],
        ["node_vmstat_pswpout"] = [Rate("system.paging.operations.out")],
        ["node_vmstat_oom_kill"] = [Rate("system.paging.oom_kills")],
        ["node_vmstat_pgscan_kswapd"] = [Rate("system.paging.scan.background")],
        ["node_vmstat_pgscan_direct"] = [Rate("system.paging.scan.direct")],
        ["node_vmstat_pgsteal_kswapd"] = [Rate("system.paging.reclaim.background")],
        ["node_vmstat_pgsteal_direct"] = [Rate("system.paging.reclaim.direct")],
        ["node_vmstat_workingset_refault_anon"] = [Rate("system.paging.refault.anonymous")],
        ["node_vmstat_workingset_refault_file"] = [Rate("system.paging.refault.file")],
        ["node_vmstat_numa_hit"] = [Rate("system.numa.hit")],
        ["node_vmstat_numa_miss"] = [Rate("system.numa.miss")],
        ["node_vmstat_numa_other"] = [Rate("system.numa.other")],
    };

    private static Dictionary<string, MetricRule[]> Network() => new(StringComparer.Ordinal)
    {
        ["node_netstat_Tcp_CurrEstab"] = [Level("system.network.tcp.established")],
        ["node_netstat_Tcp_ActiveOpens"] = [Rate("system.network.tcp.opened.active")],
        ["node_netstat_Tcp_PassiveOpens"] = [Rate("system.network.tcp.opened.passive")],
        ["node_netstat_Tcp_InSegs"] = [Rate("system.network.tcp.segments.receive")],
        // OutSegs leaves retransmitted segments out (RFC 4022), so all that was sent is their sum.
        ["node_netstat_Tcp_OutSegs"] = [Rate("system.network.tcp.segments.transmit"), Rate("system.network.tcp.retransmit_ratio").Under(3)],
        ["node_netstat_Tcp_RetransSegs"] =
            [Rate("system.network.tcp.retransmitted"), Rate("system.network.tcp.retransmit_ratio").Over(3), Rate("system.network.tcp.retransmit_ratio").Under(3)],
        ["node_netstat_Tcp_InErrs"] = [Rate("system.network.tcp.errors.receive")],
        ["node_netstat_Tcp_OutRsts"] = [Rate("system.network.tcp.resets.transmit")],
        ["node_netstat_TcpExt_TCPTimeouts"] = [Rate("system.network.tcp.timeouts")],
        ["node_netstat_TcpExt_TCPSynRetrans"] = [Rate("system.network.tcp.syn_retransmits")],
        ["node_netstat_TcpExt_ListenOverflows"] = [Rate("system.network.tcp.listen_overflows")],
        ["node_netstat_TcpExt_ListenDrops"] = [Rate("system.network.tcp.listen_drops")],
        ["node_netstat_TcpExt_TCPOFOQueue"] = [Rate("system.network.tcp.out_of_order")],
        ["node_netstat_Udp_InDatagrams"] = [Rate("system.network.udp.datagrams.receive")],
        ["node_netstat_Udp_OutDatagrams"] = [Rate("system.network.udp.datagrams.transmit")],
        ["node_netstat_Udp_NoPorts"] = [Rate("system.network.udp.no_port")],
        ["node_netstat_Udp_InErrors"] = [Rate("system.network.udp.errors.receive")],
        ["node_netstat_Udp_RcvbufErrors"] = [Rate("system.network.udp.buffer_errors.receive")],
        ["node_netstat_Udp_SndbufErrors"] = [Rate("system.network.udp.buffer_errors.transmit")],
        ["node_sockstat_sockets_used"] = [Level("system.network.socket.count")],
        ["node_sockstat_TCP_inuse"] = [Level("system.network.socket.tcp.in_use")],
        ["node_sockstat_TCP_orphan"] = [Level("system.network.socket.tcp.orphaned")],
        ["node_sockstat_TCP_tw"] = [Level("system.network.socket.tcp.time_wait")],
        ["node_sockstat_TCP_mem_bytes"] = [Level("system.network.socket.tcp.memory")],
        ["node_sockstat_UDP_inuse"] = [Level("system.network.socket.udp.in_use")],
        ["node_sockstat_UDP_mem_bytes"] = [Level("system.network.socket.udp.memory")],
        ["node_nf_conntrack_entries"] = [Level("system.network.connection.tracked"), Level("system.network.connection.tracked_utilization").Over()],
        ["node_nf_conntrack_entries_limit"] = [Level("system.network.connection.tracked_utilization").Under()],
    };

    private static Dictionary<string, MetricRule[]> Hardware() => new(StringComparer.Ordinal)
    {
        ["node_hwmon_fan_rpm"] = [Level("hw.fan.speed.max").Largest()],
        ["node_rapl_package_joules_total"] = [Rate("hw.power.cpu.package").Summed()],
        ["node_rapl_core_joules_total"] = [Rate("hw.power.cpu.core").Summed()],
        ["node_rapl_uncore_joules_total"] = [Rate("hw.power.cpu.uncore").Summed()],
        ["node_rapl_dram_joules_total"] = [Rate("hw.power.memory").Summed()],
        ["node_rapl_psys_joules_total"] = [Rate("hw.power.platform").Summed()],
        ["node_edac_correctable_errors_total"] = [Rate("hw.memory.errors.corrected").Summed()],
        ["node_edac_uncorrectable_errors_total"] = [Rate("hw.memory.errors.uncorrected").Summed()],
        ["node_cpu_core_throttles_total"] = [Rate("system.cpu.throttle.core").Summed()],
        ["node_cpu_package_throttles_total"] = [Rate("system.cpu.throttle.package").Summed()],
    };
}
