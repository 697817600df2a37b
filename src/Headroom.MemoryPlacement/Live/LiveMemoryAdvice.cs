namespace Headroom.MemoryPlacement.Live;

/// <summary>How much of a host's memory could live in a slower tier, with everything a person needs to trust it or not.</summary>
/// <param name="Model">Id and version of what made it.</param>
/// <param name="HostId">The host.</param>
/// <param name="Host">Its name.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="ExpiresAt">From when on it must not be used, UTC.</param>
/// <param name="PastSeconds">How much past it rests on.</param>
/// <param name="WindowSeconds">Length of the windows of that past.</param>
/// <param name="SlowdownBudget">How much slower a workload may get at worst.</param>
/// <param name="Tier">Where memory could go.</param>
/// <param name="MemoryBytes">Memory of the host.</param>
/// <param name="MovableBytes">What could go, over all workloads; null while too little is known of any.</param>
/// <param name="BindingConstraint"><c>history</c>, <c>pressure</c>, <c>slowdown</c>, <c>room</c>, <c>nothing idle</c> or <c>none</c>.</param>
/// <param name="BindingReason">The same in a sentence.</param>
/// <param name="Workloads">Advice per workload, the largest first.</param>
public sealed record LiveMemoryAdvice(
    string Model, int HostId, string Host, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, double PastSeconds, double WindowSeconds, double SlowdownBudget,
    SlowTier Tier, double MemoryBytes, double? MovableBytes, string BindingConstraint, string BindingReason, IReadOnlyList<WorkloadMemoryAdvice> Workloads);

/// <summary>Advice on one workload.</summary>
/// <param name="Key">Its key on the host.</param>
/// <param name="Name">Its name.</param>
/// <param name="ResidentBytes">What it needs at hand: its working set in the last window.</param>
/// <param name="IdleBytes">What the kernel calls idle and does not have to bring back; null while too little is known.</param>
/// <param name="MovableBytes">Idle memory, and the coldest part of the working set that the budget allows.</param>
/// <param name="Slowdown">Expected slowdown, 0 to 1.</param>
/// <param name="SlowdownLower">If nothing that moved is touched.</param>
/// <param name="SlowdownUpper">If what moved is touched as often as the rest, at the 95th percentile of waiting for memory.</param>
/// <param name="BindingConstraint">What keeps it from moving more.</param>
/// <param name="BindingReason">The same in a sentence.</param>
/// <param name="Reasons">Why, a sentence each.</param>
/// <param name="WouldChange">What would change it, a sentence each.</param>
/// <param name="Backtest">How the idle part would have done on its own past; null while the past is too short.</param>
public sealed record WorkloadMemoryAdvice(
    string Key, string Name, double? ResidentBytes, double? IdleBytes, double? MovableBytes, double? Slowdown, double? SlowdownLower, double? SlowdownUpper,
    string BindingConstraint, string BindingReason, IReadOnlyList<string> Reasons, IReadOnlyList<string> WouldChange, IdleBacktest? Backtest);

/// <summary>Advice made on earlier parts of the past, held against what followed.</summary>
/// <param name="Advices">How often advice was made.</param>
/// <param name="Windows">Windows that followed.</param>
/// <param name="Violations">Windows in which less was idle than advised, or tasks waited for memory beyond the limit.</param>
public sealed record IdleBacktest(int Advices, int Windows, int Violations)
{
    public double? ViolationRate => Windows == 0 ? null : (double)Violations / Windows;
}

/// <summary>What keeps memory from moving.</summary>
public static class MemoryConstraints
{
    public const string History = "history";
    public const string Pressure = "pressure";
    public const string Slowdown = "slowdown";
    public const string Room = "room";
    public const string NothingIdle = "nothing idle";
    public const string None = "none";
}
