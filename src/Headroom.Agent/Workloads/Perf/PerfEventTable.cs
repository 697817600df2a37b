namespace Headroom.Agent.Workloads.Perf;

/// <summary>The general events of the kernel by the metric they give, in groups of at most five, which fit the counters of any recent core.</summary>
internal static class PerfEventTable
{
    private const double Nanoseconds = 1e-9;
    private const ulong L1Data = 0;
    private const ulong L1Instruction = 1;
    private const ulong LastLevel = 2;
    private const ulong DataTlb = 3;
    private const ulong InstructionTlb = 4;
    private const ulong Node = 6;
    private const ulong Read = 0;
    private const ulong Write = 1;
    private const ulong Access = 0;
    private const ulong Miss = 1;

    public static IReadOnlyList<PerfEventGroup> Groups { get; } =
    [
        new("software", IsEssential: true,
        [
            Software("perf.task_clock", 1, Nanoseconds),
            Software("perf.cpu_clock", 0, Nanoseconds),
            Software("perf.context_switches", 3),
            Software("perf.cpu_migrations", 4),
            Software("perf.page_faults.minor", 5),
            Software("perf.page_faults.major", 6),
            Software("perf.alignment_faults", 7),
            Software("perf.emulation_faults", 8),
        ]),
        new("core", IsEssential: true,
        [
            Hardware("perf.cycles", 0),
            Hardware("perf.instructions", 1),
            Hardware("perf.ref_cycles", 9),
            Hardware("perf.branches", 4),
            Hardware("perf.branch_misses", 5),
        ]),
        new("last-level cache", IsEssential: true,
        [
            Hardware("perf.cache_references", 2),
            Hardware("perf.cache_misses", 3),
            PerfEvent.Cache("perf.llc.loads", LastLevel, Read, Access),
            PerfEvent.Cache("perf.llc.load_misses", LastLevel, Read, Miss),
        ]),
        new("stores", IsEssential: false,
        [
            PerfEvent.Cache("perf.llc.stores", LastLevel, Write, Access),
            PerfEvent.Cache("perf.llc.store_misses", LastLevel, Write, Miss),
            PerfEvent.Cache("perf.l1d.stores", L1Data, Write, Access),
        ]),
        new("first-level caches", IsEssential: false,
        [
            PerfEvent.Cache("perf.l1d.loads", L1Data, Read, Access),
            PerfEvent.Cache("perf.l1d.load_misses", L1Data, Read, Miss),
            PerfEvent.Cache("perf.l1i.load_misses", L1Instruction, Read, Miss),
        ]),
        new("TLB", IsEssential: false,
        [
            PerfEvent.Cache("perf.dtlb.load_misses", DataTlb, Read, Miss),
            PerfEvent.Cache("perf.dtlb.store_misses", DataTlb, Write, Miss),
            PerfEvent.Cache("perf.itlb.load_misses", InstructionTlb, Read, Miss),
        ]),
        new("memory nodes", IsEssential: false,
        [
            PerfEvent.Cache("perf.node.loads", Node, Read, Access),
            PerfEvent.Cache("perf.node.load_misses", Node, Read, Miss),
        ]),
        new("stalls", IsEssential: false,
        [
            Hardware("perf.stalled_cycles.frontend", 7),
            Hardware("perf.stalled_cycles.backend", 8),
        ]),
    ];

    private static PerfEvent Hardware(string metric, ulong config) => new(metric, PerfEvent.HardwareType, config);

    private static PerfEvent Software(string metric, ulong config, double scale = 1) => new(metric, PerfEvent.SoftwareType, config, scale);
}
