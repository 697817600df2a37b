namespace Headroom.Telemetry.Catalogue;

internal static partial class WorkloadMetrics
{
    private const string OpenCall = "perf_event_open ";

    private static MetricDefinition[] HardwareEvents() =>
    [
        Event("perf.cycles", "{cycle}/s", "PERF_COUNT_HW_CPU_CYCLES", "Core cycles."),
        Event("perf.instructions", "{instruction}/s", "PERF_COUNT_HW_INSTRUCTIONS", "Instructions retired."),
        Event("perf.ref_cycles", "{cycle}/s", "PERF_COUNT_HW_REF_CPU_CYCLES", "Cycles at the nominal clock, unmoved by frequency scaling."),
        Event("perf.branches", "{instruction}/s", "PERF_COUNT_HW_BRANCH_INSTRUCTIONS", "Branch instructions retired."),
        Event("perf.branch_misses", "{instruction}/s", "PERF_COUNT_HW_BRANCH_MISSES", "Branches predicted wrongly."),
        Event("perf.cache_references", "{access}/s", "PERF_COUNT_HW_CACHE_REFERENCES", "Accesses that reached the last-level cache."),
        Event("perf.cache_misses", "{access}/s", "PERF_COUNT_HW_CACHE_MISSES", "Accesses that missed the last-level cache."),
        Event("perf.stalled_cycles.frontend", "{cycle}/s", "PERF_COUNT_HW_STALLED_CYCLES_FRONTEND", "Cycles in which no instruction was ready to issue."),
        Event("perf.stalled_cycles.backend", "{cycle}/s", "PERF_COUNT_HW_STALLED_CYCLES_BACKEND", "Cycles in which issue waited for a unit or for memory."),
        Event("perf.l1d.loads", "{access}/s", "L1D read access", "Loads of the first-level data cache."),
        Event("perf.l1d.load_misses", "{access}/s", "L1D read miss", "Loads that missed the first-level data cache."),
        Event("perf.l1d.stores", "{access}/s", "L1D write access", "Stores to the first-level data cache."),
        Event("perf.l1i.load_misses", "{access}/s", "L1I read miss", "Fetches that missed the first-level instruction cache."),
        Event("perf.llc.loads", "{access}/s", "LL read access", "Loads that reached the last-level cache."),
        Event("perf.llc.load_misses", "{access}/s", "LL read miss", "Loads that missed the last-level cache."),
        Event("perf.llc.stores", "{access}/s", "LL write access", "Stores that reached the last-level cache."),
        Event("perf.llc.store_misses", "{access}/s", "LL write miss", "Stores that missed the last-level cache."),
        Event("perf.dtlb.load_misses", "{access}/s", "DTLB read miss", "Loads that missed the data TLB."),
        Event("perf.dtlb.store_misses", "{access}/s", "DTLB write miss", "Stores that missed the data TLB."),
        Event("perf.itlb.load_misses", "{access}/s", "ITLB read miss", "Fetches that missed the instruction TLB."),
        Event("perf.node.loads", "{access}/s", "NODE read access", "Loads served by memory of any NUMA node."),
        Event("perf.node.load_misses", "{access}/s", "NODE read miss", "Loads served by another node's memory."),
    ];

    private static MetricDefinition[] SoftwareEvents() =>
    [
        Event("perf.context_switches", "{context_switch}/s", "PERF_COUNT_SW_CONTEXT_SWITCHES", "Context switches."),
        Event("perf.cpu_migrations", "{migration}/s", "PERF_COUNT_SW_CPU_MIGRATIONS", "Moves of a thread to another CPU."),
        Event("perf.page_faults.minor", "{fault}/s", "PERF_COUNT_SW_PAGE_FAULTS_MIN", "Page faults served without I/O."),
        Event("perf.page_faults.major", "{fault}/s", "PERF_COUNT_SW_PAGE_FAULTS_MAJ", "Page faults that needed I/O."),
        Event("perf.alignment_faults", "{fault}/s", "PERF_COUNT_SW_ALIGNMENT_FAULTS", "Unaligned accesses that the kernel had to mend."),
        Event("perf.emulation_faults", "{fault}/s", "PERF_COUNT_SW_EMULATION_FAULTS", "Instructions that the kernel had to emulate."),
        Event("perf.cpu_clock", "1", "PERF_COUNT_SW_CPU_CLOCK", "Seconds of CPU clock counted while it ran, per second."),
        Event("perf.task_clock", "1", "PERF_COUNT_SW_TASK_CLOCK", "Seconds its threads ran, per second."),
    ];

    private static MetricDefinition[] Derived() =>
    [
        Gauge(PerfGroup, "perf.ipc", "1", "instructions / cycles", "Instructions per core cycle."),
        Gauge(PerfGroup, "perf.frequency", "Hz", "cycles / task clock", "Mean core clock while it ran."),
        Gauge(PerfGroup, "perf.cache_mpki", "1", "1000 x cache misses / instructions", "Last-level cache misses per thousand instructions."),
        Gauge(PerfGroup, "perf.dtlb_mpki", "1", "1000 x dTLB load misses / instructions", "Data-TLB load misses per thousand instructions."),
        Gauge(PerfGroup, "perf.branch_miss_ratio", "1", "branch misses / branches", "Share of branches predicted wrongly."),
    ];

    private static MetricDefinition[] Resctrl() =>
    [
        Gauge(PerfGroup, "resctrl.llc.occupancy", "By", "resctrl mon_data llc_occupancy", "Last-level cache held."),
        Rate(PerfGroup, "resctrl.memory.bandwidth.local", "By/s", "resctrl mon_data mbm_local_bytes", "Memory traffic to the socket's own memory."),
        Rate(PerfGroup, "resctrl.memory.bandwidth.total", "By/s", "resctrl mon_data mbm_total_bytes", "Memory traffic, remote included."),
    ];

    private static MetricDefinition Event(string name, string unit, string source, string description) =>
        Rate(PerfGroup, name, unit, OpenCall + source, description);
}
