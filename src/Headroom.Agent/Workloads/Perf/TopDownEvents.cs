namespace Headroom.Agent.Workloads.Perf;

/// <summary>
/// Top-Down (Yasin, ISPASS 2014) as the kernel offers it: on cores since Ice Lake the PMU itself divides the slots, level 2 since
/// Sapphire Rapids; on older Intel cores level 1 is reckoned from five counters. Other cores have none.
/// </summary>
internal static class TopDownEvents
{
    public const string Slots = "slots";
    public const string Retiring = "topdown-retiring";
    public const string BadSpeculation = "topdown-bad-spec";
    public const string FrontendBound = "topdown-fe-bound";
    public const string BackendBound = "topdown-be-bound";
    public const string HeavyOperations = "topdown-heavy-ops";
    public const string BranchMispredicts = "topdown-br-mispredict";
    public const string FetchLatency = "topdown-fetch-lat";
    public const string MemoryBound = "topdown-mem-bound";

    public const string TotalSlots = "topdown-total-slots";
    public const string SlotsIssued = "topdown-slots-issued";
    public const string SlotsRetired = "topdown-slots-retired";
    public const string FetchBubbles = "topdown-fetch-bubbles";
    public const string RecoveryBubbles = "topdown-recovery-bubbles";

    private static readonly string[] Level1 = [Slots, Retiring, BadSpeculation, FrontendBound, BackendBound];
    private static readonly string[] Level2 = [HeavyOperations, BranchMispredicts, FetchLatency, MemoryBound];
    private static readonly string[] Older = [TotalSlots, SlotsIssued, SlotsRetired, FetchBubbles, RecoveryBubbles];

    /// <summary>The group this machine has, led by the slots as the kernel demands, or null.</summary>
    public static PerfEventGroup? Find(PmuDevice? pmu)
    {
        if (pmu is null)
        {
            return null;
        }

        var level1 = Events(pmu, Level1);
        if (level1.Count == Level1.Length)
        {
            var level2 = Events(pmu, Level2);
            return new PerfEventGroup("Top-Down", IsEssential: true, level2.Count == Level2.Length ? [.. level1, .. level2] : level1);
        }

        var older = Events(pmu, Older);
        return older.Count == Older.Length ? new PerfEventGroup("Top-Down", IsEssential: true, older) : null;
    }

    private static List<PerfEvent> Events(PmuDevice pmu, string[] names) => [.. names.Select(pmu.Event).OfType<PerfEvent>()];
}
