namespace Headroom.Telemetry.Catalogue;

internal static partial class WorkloadMetrics
{
    private static MetricDefinition[] Cpu() =>
    [
        Rate(VmGroup, "container.cpu.usage", "{cpu}", "cpu.stat usage_usec; cpuacct.usage; /proc/PID/stat", "CPU time used per second: the number of CPUs kept busy."),
        Rate(VmGroup, "container.cpu.usage.user", "{cpu}", "cpu.stat user_usec; cpuacct.usage_user; /proc/PID/stat", "CPU time used in user mode per second."),
        Rate(VmGroup, "container.cpu.usage.system", "{cpu}", "cpu.stat system_usec; cpuacct.usage_sys; /proc/PID/stat", "CPU time used in kernel mode per second."),
        Rate(VmGroup, "container.cpu.utilization", "1", "usage over the smallest of quota, cpuset and host", "Share of the CPU time it may use that it did use."),
        Gauge(VmGroup, "container.cpu.limit", "{cpu}", "cpu.max; cpu.cfs_quota_us", "CPUs that its quota grants; missing without a quota."),
        Gauge(VmGroup, "container.cpu.cpuset", "{cpu}", "cpuset.cpus.effective; cpuset.effective_cpus; Cpus_allowed", "Logical CPUs it may run on."),
        Gauge(VmGroup, "container.cpu.weight", "1", "cpu.weight; cpu.shares", "Share under contention, 1 to 10000, 100 by default; v1 shares are converted."),
        Rate(VmGroup, "container.cpu.throttling.periods", "{period}/s", "cpu.stat nr_throttled", "Quota periods per second in which it was held back."),
        Rate(VmGroup, "container.cpu.throttling.time", "1", "cpu.stat throttled_usec, throttled_time", "Seconds its run queues were held back by the quota, per second, summed over CPUs."),
        Rate(VmGroup, "container.cpu.pressure.some", "1", "cpu.pressure some", "Share of time in which at least one task waited for a CPU."),
        Rate(VmGroup, "container.cpu.pressure.full", "1", "cpu.pressure full", "Share of time in which all tasks waited for a CPU."),
        Rate(VmGroup, "container.cpu.run_queue.wait", "1", "/proc/PID/task/TID/schedstat", "Seconds its threads were runnable but waited on a run queue, per second, summed over threads."),
    ];

    private static MetricDefinition[] VirtualCpu() =>
    [
        Gauge(VmGroup, "vm.vcpu.count", "{cpu}", "threads CPU n/KVM", "Virtual CPUs of the machine; missing for what is no virtual machine."),
        Rate(VmGroup, "vm.vcpu.wait", "1", "schedstat of the vCPU threads", "Mean share of time a virtual CPU was runnable but waited: what the guest sees as steal."),
        Rate(VmGroup, "vm.vcpu.wait.max", "1", "schedstat of the vCPU threads", "The same share for the virtual CPU that waited most."),
    ];

    private static MetricDefinition[] Tasks() =>
    [
        Gauge(VmGroup, "container.process.count", "{process}", "cgroup.procs; /proc", "Processes."),
        Gauge(VmGroup, "container.thread.count", "{thread}", "pids.current; /proc/PID/status Threads", "Threads."),
        Gauge(VmGroup, "container.thread.limit", "{thread}", "pids.max", "Threads it may have; missing without a limit."),
        Gauge(VmGroup, "process.unix.file_descriptor.count", "{file_descriptor}", "/proc/PID/fd", "Open file descriptors of its processes."),
        Rate(VmGroup, "process.context_switches.voluntary", "{context_switch}/s", "/proc/PID/task/TID/status", "Times per second a thread gave up its CPU to wait for something."),
        Rate(VmGroup, "process.context_switches.involuntary", "{context_switch}/s", "/proc/PID/task/TID/status", "Times per second a thread was put off its CPU by the scheduler."),
    ];

    private static MetricDefinition[] Memory() =>
    [
        Gauge(VmGroup, "container.memory.usage", "By", "memory.current; memory.usage_in_bytes", "Memory charged to it, page cache included."),
        Gauge(VmGroup, "container.memory.working_set", "By", "usage less inactive_file", "Memory that cannot be reclaimed without effort: usage less inactive file cache."),
        Gauge(VmGroup, "container.memory.rss", "By", "memory.stat anon, total_rss; /proc/PID/smaps_rollup, statm", "Anonymous memory resident."),
        Gauge(VmGroup, "container.memory.file", "By", "memory.stat file, total_cache", "Page cache charged to it, shared memory included."),
        Gauge(VmGroup, "container.memory.shmem", "By", "memory.stat shmem, total_shmem", "Shared memory and tmpfs pages."),
        Gauge(VmGroup, "container.memory.kernel", "By", "memory.stat kernel; memory.kmem.usage_in_bytes", "Kernel memory charged to it: slab, stacks, page tables."),
        Gauge(VmGroup, "container.memory.swap", "By", "memory.swap.current; memory.stat total_swap", "Memory swapped out."),
        Gauge(VmGroup, "container.memory.limit", "By", "memory.max; hierarchical_memory_limit", "Memory it may use; missing without a limit."),
        Rate(VmGroup, "container.paging.faults.minor", "{fault}/s", "memory.stat pgfault less pgmajfault; /proc/PID/stat", "Page faults per second served without I/O."),
        Rate(VmGroup, "container.paging.faults.major", "{fault}/s", "memory.stat pgmajfault; /proc/PID/stat", "Page faults per second that needed I/O."),
        Rate(VmGroup, "container.memory.refaults.anon", "{page}/s", "memory.stat workingset_refault_anon", "Anonymous pages per second that came back soon after they were swapped out."),
        Rate(VmGroup, "container.memory.refaults.file", "{page}/s", "memory.stat workingset_refault_file", "File pages per second that came back soon after they were evicted: memory is too small."),
        Rate(VmGroup, "container.memory.events.high", "{event}/s", "memory.events high", "Times per second it was slowed down above memory.high."),
        Rate(VmGroup, "container.memory.events.max", "{event}/s", "memory.events max; memory.failcnt", "Times per second it ran into its limit."),
        Rate(VmGroup, "container.memory.events.oom_kill", "{event}/s", "memory.events oom_kill; memory.oom_control", "Processes per second killed for lack of memory."),
        Rate(VmGroup, "container.memory.pressure.some", "1", "memory.pressure some", "Share of time in which at least one task waited for memory."),
        Rate(VmGroup, "container.memory.pressure.full", "1", "memory.pressure full", "Share of time in which all tasks waited for memory."),
    ];

    private static MetricDefinition[] Disk() =>
    [
        Rate(VmGroup, "container.disk.io.read", "By/s", "io.stat rbytes; blkio.*.io_service_bytes_recursive; /proc/PID/io", "Bytes read from block devices."),
        Rate(VmGroup, "container.disk.io.write", "By/s", "io.stat wbytes; blkio.*.io_service_bytes_recursive; /proc/PID/io", "Bytes written to block devices."),
        Rate(VmGroup, "container.disk.operations.read", "{operation}/s", "io.stat rios; blkio.*.io_serviced_recursive", "Reads sent to block devices."),
        Rate(VmGroup, "container.disk.operations.write", "{operation}/s", "io.stat wios; blkio.*.io_serviced_recursive", "Writes sent to block devices."),
        Gauge(VmGroup, "container.disk.latency", "s", "io.stat avg_lat; blkio.io_service_time_recursive + io_wait_time_recursive", "Mean time of a block operation, where the kernel keeps it per group."),
        Rate(VmGroup, "container.disk.wait", "1", "/proc/PID/stat delayacct_blkio_ticks", "Seconds its threads slept for block I/O, per second, where delay accounting is on."),
        Rate(VmGroup, "container.disk.pressure.some", "1", "io.pressure some", "Share of time in which at least one task waited for I/O."),
        Rate(VmGroup, "container.disk.pressure.full", "1", "io.pressure full", "Share of time in which all tasks waited for I/O."),
    ];

    private static MetricDefinition[] Network() =>
    [
        Rate(VmGroup, "container.network.io.receive", "By/s", "/proc/PID/net/dev; tap device", "Bytes received in its own network namespace or by its tap devices; missing when it shares the host's."),
        Rate(VmGroup, "container.network.io.transmit", "By/s", "/proc/PID/net/dev; tap device", "Bytes sent."),
        Rate(VmGroup, "container.network.packets.receive", "{packet}/s", "/proc/PID/net/dev; tap device", "Packets received."),
        Rate(VmGroup, "container.network.packets.transmit", "{packet}/s", "/proc/PID/net/dev; tap device", "Packets sent."),
        Rate(VmGroup, "container.network.dropped.receive", "{packet}/s", "/proc/PID/net/dev; tap device", "Packets dropped on receive."),
        Rate(VmGroup, "container.network.dropped.transmit", "{packet}/s", "/proc/PID/net/dev; tap device", "Packets dropped on transmit."),
        Rate(VmGroup, "container.network.tcp.retransmits", "{segment}/s", "/proc/PID/net/snmp RetransSegs", "TCP segments sent again in its own network namespace."),
    ];
}
