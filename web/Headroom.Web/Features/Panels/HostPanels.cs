namespace Headroom.Web.Features.Panels;

/// <summary>The panels of a host, by resource.</summary>
public static class HostPanels
{
    /// <summary>All panels, in the order of the page.</summary>
    public static IReadOnlyList<Panel> All { get; } =
    [
        new("CPU", "CPU by mode",
        [
            new("system.cpu.utilization.user", "user"), new("system.cpu.utilization.system", "system"), new("system.cpu.utilization.nice", "nice"),
            new("system.cpu.utilization.iowait", "I/O wait"), new("system.cpu.utilization.softirq", "soft interrupts"), new("system.cpu.utilization.interrupt", "interrupts"),
            new("system.cpu.utilization.steal", "steal"), new("system.cpu.utilization.guest", "guests"),
        ], Stacked: true, Maximum: 1),
        new("CPU", "Load and run queue",
            [new("system.linux.load.1m", "load, 1 min"), new("system.task.runnable", "runnable"), new("system.cpu.run_queue.wait", "waiting"), new("system.task.blocked", "blocked on I/O")]),
        new("CPU", "Wait for a CPU", [new("system.cpu.run_queue.latency", "per time slice")]),
        new("CPU", "Switches and interrupts", [new("system.cpu.context_switches", "context switches"), new("system.cpu.interrupts", "interrupts"), new("system.cpu.softirqs", "soft interrupts")]),
        new("CPU", "Clock", [new("system.cpu.frequency.mean", "mean"), new("system.cpu.frequency.min", "slowest"), new("system.cpu.frequency.max", "fastest")]),
        new("Pressure", "Pressure: some tasks waited", [new("system.pressure.cpu.some", "CPU"), new("system.pressure.memory.some", "memory"), new("system.pressure.io.some", "I/O")]),
        new("Pressure", "Pressure: all tasks waited", [new("system.pressure.memory.full", "memory", "--chart-2"), new("system.pressure.io.full", "I/O", "--chart-3"), new("system.pressure.irq.full", "interrupts", "--chart-4")]),
        new("Memory", "Memory",
        [
            new("system.memory.usage.used", "used"), new("system.linux.memory.slab.usage.reclaimable", "reclaimable slab", "--chart-4"),
            new("system.memory.usage.buffers", "buffers", "--chart-5"), new("system.memory.usage.cached", "page cache", "--chart-6"), new("system.memory.usage.free", "free", "--chart-8"),
        ], Stacked: true),
        new("Memory", "Promised and available", [new("system.memory.committed", "promised"), new("system.linux.memory.available", "available"), new("system.memory.limit", "installed", "--chart-8")]),
        new("Memory", "Page faults", [new("system.paging.faults.minor", "minor"), new("system.paging.faults.major", "major")]),
        new("Memory", "Reclaim and refaults",
            [new("system.paging.scan.background", "scanned in background"), new("system.paging.scan.direct", "scanned by tasks"), new("system.paging.refault.file", "file refaults"), new("system.paging.refault.anonymous", "anonymous refaults")]),
        new("Memory", "Swap traffic", [new("system.paging.operations.in", "in"), new("system.paging.operations.out", "out")]),
        new("Memory", "Cache and memory bandwidth", [new("hw.memory.bandwidth.total", "all nodes"), new("hw.memory.bandwidth.local", "own node")]),
        new("Disk", "Disk throughput", [new("system.disk.io.read", "read"), new("system.disk.io.write", "write")]),
        new("Disk", "Disk operations", [new("system.disk.operations.read", "reads"), new("system.disk.operations.write", "writes"), new("system.disk.operations.flush", "flushes")]),
        new("Disk", "Disk latency", [new("system.disk.latency.read", "read"), new("system.disk.latency.write", "write"), new("system.disk.latency.flush", "flush")]),
        new("Disk", "Disk busy", [new("system.disk.utilization.busiest", "busiest disk"), new("system.disk.io_time", "mean")], Maximum: 1),
        new("Disk", "Filesystems", [new("system.filesystem.utilization.fullest", "fullest"), new("system.filesystem.inodes.utilization.fullest", "inodes of the fullest")], Maximum: 1),
        new("Network", "Network throughput", [new("system.network.io.receive", "received"), new("system.network.io.transmit", "sent")]),
        new("Network", "Packets", [new("system.network.packets.receive", "received"), new("system.network.packets.transmit", "sent")]),
        new("Network", "Packets lost", [new("system.network.dropped.receive", "dropped, received"), new("system.network.dropped.transmit", "dropped, sent"), new("system.network.softnet.dropped", "queue full")]),
        new("Network", "TCP trouble", [new("system.network.tcp.retransmitted", "retransmitted"), new("system.network.tcp.lost_retransmits", "lost again"), new("system.network.tcp.resets.transmit", "resets sent")]),
        new("Power", "Power", [new("hw.host.power", "whole machine"), new("hw.power.cpu.package", "CPU packages"), new("hw.power.memory", "memory"), new("hw.power.platform", "platform")]),
        new("Power", "Temperature", [new("hw.temperature.cpu", "CPU"), new("hw.temperature.max", "hottest sensor"), new("hw.temperature.mean", "mean")]),
        new("Agent", "Agent: CPU", [new("headroom.agent.cpu.utilization", "share of one core")]),
        new("Agent", "Agent: memory", [new("headroom.agent.memory.resident", "resident")]),
        new("Agent", "Agent: time to collect", [new("headroom.agent.collect.duration", "collecting"), new("headroom.agent.collect.lateness", "began late")]),
    ];
}
