namespace Headroom.Web.Features.Panels;

/// <summary>The panels of a workload, by resource.</summary>
public static class WorkloadPanels
{
    /// <summary>All panels, in the order of the page.</summary>
    public static IReadOnlyList<Panel> All { get; } =
    [
        new("CPU", "CPU used", [new("container.cpu.usage.user", "user"), new("container.cpu.usage.system", "system")], Stacked: true),
        new("CPU", "Share of what it may use", [new("container.cpu.utilization", "utilization")]),
        new("CPU", "Held back by its quota", [new("container.cpu.throttling.time", "throttled"), new("container.cpu.run_queue.wait", "waited on run queues"), new("vm.vcpu.wait", "virtual CPUs waited")]),
        new("CPU", "Threads", [new("container.thread.count", "threads"), new("container.process.count", "processes")]),
        new("CPU", "Context switches", [new("process.context_switches.voluntary", "voluntary"), new("process.context_switches.involuntary", "involuntary")]),
        new("Pressure", "Pressure: some tasks waited", [new("container.cpu.pressure.some", "CPU"), new("container.memory.pressure.some", "memory"), new("container.disk.pressure.some", "I/O")]),
        new("Pressure", "Pressure: all tasks waited", [new("container.cpu.pressure.full", "CPU"), new("container.memory.pressure.full", "memory"), new("container.disk.pressure.full", "I/O")]),
        new("Memory", "Memory", [new("container.memory.working_set", "working set"), new("container.memory.rss", "anonymous"), new("container.memory.file", "page cache"), new("container.memory.swap", "swapped out")]),
        new("Memory", "Page faults", [new("container.paging.faults.minor", "minor"), new("container.paging.faults.major", "major")]),
        new("Memory", "Refaults", [new("container.memory.refaults.file", "file"), new("container.memory.refaults.anon", "anonymous")]),
        new("Disk", "Disk throughput", [new("container.disk.io.read", "read"), new("container.disk.io.write", "write")]),
        new("Disk", "Disk operations", [new("container.disk.operations.read", "reads"), new("container.disk.operations.write", "writes")]),
        new("Network", "Network throughput", [new("container.network.io.receive", "received"), new("container.network.io.transmit", "sent")]),
        new("Hardware", "Instructions per cycle", [new("perf.ipc", "IPC")]),
        new("Hardware", "Misses per thousand instructions", [new("perf.cache_mpki", "last-level cache"), new("perf.dtlb_mpki", "data TLB")]),
        new("Hardware", "Last-level cache held", [new("resctrl.llc.occupancy", "occupancy")]),
        new("Hardware", "Memory bandwidth", [new("resctrl.memory.bandwidth.total", "all nodes"), new("resctrl.memory.bandwidth.local", "own socket")]),
        new("Hardware", "Where issue slots went",
        [
            new("topdown.retiring", "useful work", "--chart-3"), new("topdown.bad_speculation", "bad speculation", "--chart-4"),
            new("topdown.frontend_bound", "front end", "--chart-5"), new("topdown.backend_bound", "back end", "--chart-2"),
        ], Stacked: true, Maximum: 1),
    ];
}
