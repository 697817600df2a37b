namespace Headroom.Telemetry.Catalogue;

internal static partial class HostMetrics
{
    private const string Cpu = "cpu";
    private const string PressureGroup = "pressure";

    private static IEnumerable<MetricDefinition> Processors() =>
    [
        .. CpuModes.Metrics("/proc/stat", "the CPU time of all logical CPUs"),
        Gauge(Cpu, "system.cpu.utilization.busiest", "1", "/proc/stat", "Utilization of the busiest logical CPU."),
        Gauge(Cpu, "system.cpu.utilization.idlest", "1", "/proc/stat", "Utilization of the least busy logical CPU."),
        Gauge(Cpu, "system.cpu.logical.count", "{cpu}", "/proc/stat", "Logical CPUs that are online."),
        Gauge(Cpu, "system.cpu.frequency.mean", "Hz", "/sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq", "Mean clock frequency of the logical CPUs."),
        Gauge(Cpu, "system.cpu.frequency.min", "Hz", "/sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq", "Clock frequency of the slowest logical CPU."),
        Gauge(Cpu, "system.cpu.frequency.max", "Hz", "/sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq", "Clock frequency of the fastest logical CPU."),
        Rate(Cpu, "system.cpu.throttle.core", "{event}/s", "/sys/devices/system/cpu/cpu*/thermal_throttle/core_throttle_count", "How often cores began to slow down because they were too hot, summed over the logical CPUs."),
        Rate(Cpu, "system.cpu.throttle.package", "{event}/s", "/sys/devices/system/cpu/cpu*/thermal_throttle/package_throttle_count", "How often packages began to slow down because they were too hot, summed over the logical CPUs."),
    ];

    private static IEnumerable<MetricDefinition> Scheduling() =>
    [
        Gauge(Cpu, "system.linux.load.1m", "{task}", "/proc/loadavg", "Mean number of tasks that ran, waited for a CPU or slept uninterruptibly over the last minute."),
        Gauge(Cpu, "system.linux.load.5m", "{task}", "/proc/loadavg", "Mean number of tasks that ran, waited for a CPU or slept uninterruptibly over five minutes."),
        Gauge(Cpu, "system.linux.load.15m", "{task}", "/proc/loadavg", "Mean number of tasks that ran, waited for a CPU or slept uninterruptibly over fifteen minutes."),
        Gauge(Cpu, "system.task.count", "{task}", "/proc/loadavg", "Threads and processes that exist."),
        Gauge(Cpu, "system.task.runnable", "{task}", "/proc/stat procs_running", "Tasks that run or wait for a CPU at the moment of reading."),
        Gauge(Cpu, "system.task.blocked", "{task}", "/proc/stat procs_blocked", "Tasks that wait for I/O at the moment of reading."),
        Rate(Cpu, "system.process.created", "{process}/s", "/proc/stat processes", "Processes and threads created."),
        Rate(Cpu, "system.cpu.context_switches", "{switch}/s", "/proc/stat ctxt", "Context switches over all CPUs."),
        Rate(Cpu, "system.cpu.interrupts", "{interrupt}/s", "/proc/stat intr", "Hardware interrupts served."),
        Rate(Cpu, "system.cpu.softirqs", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts served, of every kind."),
        Rate(Cpu, "system.cpu.softirqs.timer", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts of timers."),
        Rate(Cpu, "system.cpu.softirqs.net_tx", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts that send packets."),
        Rate(Cpu, "system.cpu.softirqs.net_rx", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts that receive packets."),
        Rate(Cpu, "system.cpu.softirqs.block", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts that complete block I/O."),
        Rate(Cpu, "system.cpu.softirqs.tasklet", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts of tasklets."),
        Rate(Cpu, "system.cpu.softirqs.sched", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts of the scheduler's load balancing."),
        Rate(Cpu, "system.cpu.softirqs.hrtimer", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts of high-resolution timers."),
        Rate(Cpu, "system.cpu.softirqs.rcu", "{interrupt}/s", "/proc/stat softirq", "Soft interrupts of read-copy-update."),
        Rate(Cpu, "system.cpu.run_queue.wait", "{task}", "/proc/schedstat", "Mean number of tasks that were ready and waited for a CPU: seconds waited per second, over all CPUs."),
        Rate(Cpu, "system.cpu.run_queue.run", "{task}", "/proc/schedstat", "Mean number of tasks that ran: seconds run per second, over all CPUs."),
        Rate(Cpu, "system.cpu.run_queue.timeslices", "{slice}/s", "/proc/schedstat", "Time slices given to tasks over all CPUs."),
        Gauge(Cpu, "system.cpu.run_queue.latency", "s", "/proc/schedstat", "Mean time a task waited for a CPU before each of its time slices."),
    ];

    private static IEnumerable<MetricDefinition> Pressure() =>
    [
        Rate(PressureGroup, "system.pressure.cpu.some", "1", "/proc/pressure/cpu", "Share of time in which at least one task waited for a CPU."),
        Rate(PressureGroup, "system.pressure.cpu.full", "1", "/proc/pressure/cpu", "Share of time in which all non-idle tasks waited for a CPU; the kernel keeps it at 0 for a whole host."),
        Rate(PressureGroup, "system.pressure.memory.some", "1", "/proc/pressure/memory", "Share of time in which at least one task waited for memory."),
        Rate(PressureGroup, "system.pressure.memory.full", "1", "/proc/pressure/memory", "Share of time in which all non-idle tasks waited for memory."),
        Rate(PressureGroup, "system.pressure.io.some", "1", "/proc/pressure/io", "Share of time in which at least one task waited for I/O."),
        Rate(PressureGroup, "system.pressure.io.full", "1", "/proc/pressure/io", "Share of time in which all non-idle tasks waited for I/O."),
        Rate(PressureGroup, "system.pressure.irq.full", "1", "/proc/pressure/irq", "Share of time lost to interrupts while tasks were ready."),
        Gauge(PressureGroup, "system.pressure.cpu.some.60s", "1", "/proc/pressure/cpu", "Share of time in which at least one task waited for a CPU, the kernel's mean over 60 s."),
        Gauge(PressureGroup, "system.pressure.memory.some.60s", "1", "/proc/pressure/memory", "Share of time in which at least one task waited for memory, the kernel's mean over 60 s."),
        Gauge(PressureGroup, "system.pressure.io.some.60s", "1", "/proc/pressure/io", "Share of time in which at least one task waited for I/O, the kernel's mean over 60 s."),
    ];
}
