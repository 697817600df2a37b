namespace Headroom.Telemetry.Catalogue;

internal static partial class HostMetrics
{
    private const string HardwareGroup = "hardware";
    private const string Kernel = "kernel";
    private const string AgentGroup = "agent";

    private static IEnumerable<MetricDefinition> Hardware() =>
    [
        Gauge(HardwareGroup, "hw.temperature.max", "Cel", "/sys/class/hwmon/*/temp*_input, /sys/class/thermal/*/temp", "The hottest sensor of the machine."),
        Gauge(HardwareGroup, "hw.temperature.mean", "Cel", "/sys/class/hwmon/*/temp*_input, /sys/class/thermal/*/temp", "Mean of the machine's temperature sensors."),
        Gauge(HardwareGroup, "hw.temperature.cpu", "Cel", "/sys/class/hwmon/* of coretemp, k10temp, zenpower", "The hottest sensor of a CPU."),
        Gauge(HardwareGroup, "hw.fan.speed.max", "{revolution}/min", "/sys/class/hwmon/*/fan*_input", "The fastest fan."),
        Gauge(HardwareGroup, "hw.host.power", "W", "/sys/class/hwmon/*/power1_average of power_meter", "Power the whole machine draws, by its own meter."),
        Rapl("hw.power.cpu.package", "package-*", "Power of the CPU packages."),
        Rapl("hw.power.cpu.core", "core", "Power of the cores."),
        Rapl("hw.power.cpu.uncore", "uncore", "Power of the packages' other parts, mostly integrated graphics."),
        Rapl("hw.power.memory", "dram", "Power of the memory modules."),
        Rapl("hw.power.platform", "psys", "Power of the platform that the CPU measures."),
        Gauge(HardwareGroup, "hw.power.cpu.package.limit", "W", "/sys/class/powercap/*/constraint_0_power_limit_uw", "Long-term power limit of the CPU packages together."),
        Gauge(HardwareGroup, "hw.cpu.cache.l3.occupancy", "By", "/sys/fs/resctrl/mon_data/*/llc_occupancy", "Last-level cache filled by tasks of the default resctrl group."),
        Rate(HardwareGroup, "hw.memory.bandwidth.total", "By/s", "/sys/fs/resctrl/mon_data/*/mbm_total_bytes", "Memory traffic of the default resctrl group, to every node."),
        Rate(HardwareGroup, "hw.memory.bandwidth.local", "By/s", "/sys/fs/resctrl/mon_data/*/mbm_local_bytes", "Memory traffic of the default resctrl group to the node it runs on."),
        Rate(HardwareGroup, "hw.memory.errors.corrected", "{error}/s", "/sys/devices/system/edac/mc/mc*/ce_count", "Memory errors that ECC corrected."),
        Rate(HardwareGroup, "hw.memory.errors.uncorrected", "{error}/s", "/sys/devices/system/edac/mc/mc*/ue_count", "Memory errors that ECC could not correct."),
    ];

    private static IEnumerable<MetricDefinition> Limits() =>
    [
        Gauge(Kernel, "system.uptime", "s", "/proc/uptime", "Time since the machine started."),
        Gauge(Kernel, "system.filehandle.count", "{handle}", "/proc/sys/fs/file-nr", "Open files of the whole machine."),
        Gauge(Kernel, "system.filehandle.utilization", "1", "/proc/sys/fs/file-nr", "Open files over the machine's limit."),
        Gauge(Kernel, "system.inode.count", "{inode}", "/proc/sys/fs/inode-nr", "Inodes the kernel holds in memory."),
        Gauge(Kernel, "system.task.utilization", "1", "/proc/loadavg, /proc/sys/kernel/threads-max", "Threads over the machine's limit."),
    ];

    private static IEnumerable<MetricDefinition> Agent() =>
    [
        Rate(AgentGroup, "headroom.agent.cpu.utilization", "1", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", "CPU time of this agent, as a share of one core."),
        Gauge(AgentGroup, "headroom.agent.memory.resident", "By", "/proc/self/statm", "Memory this agent occupies."),
        Gauge(AgentGroup, "headroom.agent.collect.duration", "s", "the agent's clock", "Time that the previous tick's collecting took."),
        Gauge(AgentGroup, "headroom.agent.collect.lateness", "s", "the agent's clock", "How late this tick's collecting began."),
        Rate(AgentGroup, "headroom.agent.collect.failures", "{failure}/s", "the agent", "Collectors that failed or met content they could not read."),
        Gauge(AgentGroup, "headroom.agent.entities", "{entity}", "the agent", "Entities that the previous tick had values for."),
    ];

    private static MetricDefinition Rapl(string name, string zone, string description) =>
        Rate(HardwareGroup, name, "W", $"/sys/class/powercap/intel-rapl*/energy_uj of {zone}", description);
}
