using Headroom.Agent.Collecting;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>Turns slot counts into the twelve shares of levels 1 and 2; what the core does not count stays missing.</summary>
internal static class TopDownShares
{
    private static readonly int Retiring = WorkloadMetric.Ordinal("topdown.retiring");
    private static readonly int BadSpeculation = WorkloadMetric.Ordinal("topdown.bad_speculation");
    private static readonly int FrontendBound = WorkloadMetric.Ordinal("topdown.frontend_bound");
    private static readonly int BackendBound = WorkloadMetric.Ordinal("topdown.backend_bound");
    private static readonly int HeavyOperations = WorkloadMetric.Ordinal("topdown.heavy_operations");
    private static readonly int LightOperations = WorkloadMetric.Ordinal("topdown.light_operations");
    private static readonly int BranchMispredicts = WorkloadMetric.Ordinal("topdown.branch_mispredicts");
    private static readonly int MachineClears = WorkloadMetric.Ordinal("topdown.machine_clears");
    private static readonly int FetchLatency = WorkloadMetric.Ordinal("topdown.fetch_latency");
    private static readonly int FetchBandwidth = WorkloadMetric.Ordinal("topdown.fetch_bandwidth");
    private static readonly int MemoryBound = WorkloadMetric.Ordinal("topdown.memory_bound");
    private static readonly int CoreBound = WorkloadMetric.Ordinal("topdown.core_bound");

    /// <param name="entity">The workload.</param>
    /// <param name="growth">How much an event, by its name in sysfs, grew in this tick; null when not known.</param>
    public static void SetOn(Entity entity, Func<string, double?> growth)
    {
        if (growth(TopDownEvents.Slots) is > 0 and var slots)
        {
            SetNewer(entity, name => growth(name) / slots);
        }
        else if (growth(TopDownEvents.TotalSlots) is > 0 and var total)
        {
            SetOlder(entity, name => growth(name) / total);
        }
    }

    private static void SetNewer(Entity entity, Func<string, double?> share)
    {
        Split(entity, Retiring, HeavyOperations, LightOperations, share(TopDownEvents.Retiring), share(TopDownEvents.HeavyOperations));
        Split(entity, BadSpeculation, BranchMispredicts, MachineClears, share(TopDownEvents.BadSpeculation), share(TopDownEvents.BranchMispredicts));
        Split(entity, FrontendBound, FetchLatency, FetchBandwidth, share(TopDownEvents.FrontendBound), share(TopDownEvents.FetchLatency));
        Split(entity, BackendBound, MemoryBound, CoreBound, share(TopDownEvents.BackendBound), share(TopDownEvents.MemoryBound));
    }

    /// <summary>Level 1 by the formulas of the paper's table 1: bad speculation = (issued - retired + recovery) / slots.</summary>
    private static void SetOlder(Entity entity, Func<string, double?> share)
    {
        var retiring = share(TopDownEvents.SlotsRetired);
        var frontend = share(TopDownEvents.FetchBubbles);
        var bad = share(TopDownEvents.SlotsIssued) - retiring + share(TopDownEvents.RecoveryBubbles);
        Set(entity, Retiring, retiring);
        Set(entity, FrontendBound, frontend);
        Set(entity, BadSpeculation, bad);
        Set(entity, BackendBound, 1 - retiring - frontend - bad);
    }

    private static void Split(Entity entity, int whole, int part, int rest, double? wholeShare, double? partShare)
    {
        Set(entity, whole, wholeShare);
        Set(entity, part, partShare);
        Set(entity, rest, wholeShare - partShare);
    }

    private static void Set(Entity entity, int metric, double? share)
    {
        if (share is { } known)
        {
            // The parts are counted in steps of 1/255 of the slots, so a difference may fall a hair outside.
            entity.Set(metric, Math.Clamp(known, 0, 1));
        }
    }
}
