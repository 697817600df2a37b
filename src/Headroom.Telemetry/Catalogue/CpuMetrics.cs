namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of one logical CPU.</summary>
internal static class CpuMetrics
{
    /// <summary>All metrics of a logical CPU in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. CpuModes.Metrics("/proc/stat", "the logical CPU's time"),
        new("system.cpu.frequency", "Hz", MetricKind.Gauge, "cpu", "/sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq", "Clock frequency of the logical CPU."),
        new("system.cpu.run_queue.wait", "{task}", MetricKind.Rate, "cpu", "/proc/schedstat", "Mean number of tasks that were ready and waited for this CPU."),
        new("system.cpu.run_queue.run", "{task}", MetricKind.Rate, "cpu", "/proc/schedstat", "Share of time in which this CPU ran a task."),
        new("system.cpu.run_queue.timeslices", "{slice}/s", MetricKind.Rate, "cpu", "/proc/schedstat", "Time slices this CPU gave to tasks."),
        new("system.cpu.run_queue.latency", "s", MetricKind.Gauge, "cpu", "/proc/schedstat", "Mean time a task waited for this CPU before each of its time slices."),
        new("system.cpu.throttle.core", "{event}/s", MetricKind.Rate, "cpu", "/sys/devices/system/cpu/cpu*/thermal_throttle/core_throttle_count", "How often the core began to slow down because it was too hot."),
    ];
}
