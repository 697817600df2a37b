namespace Headroom.MemoryPlacement.Live;

/// <summary>What telemetry says of one workload's memory, window by window; null where nothing came.</summary>
/// <param name="Key">Key on the host.</param>
/// <param name="Name">Name for people.</param>
/// <param name="UsageBytes">Memory charged to it, page cache included.</param>
/// <param name="WorkingSetBytes">Usage less inactive file cache; what is left is what the kernel calls idle.</param>
/// <param name="AnonymousBytes">Resident pages that no file backs.</param>
/// <param name="RefaultPages">Pages per second that came back soon after they were dropped or swapped.</param>
/// <param name="PressureFull">Share of time in which all its tasks waited for memory, 0 to 1.</param>
/// <param name="MemoryBound">Share of issue slots that waited for loads and stores (Top-Down), 0 to 1.</param>
public sealed record WorkloadMemoryPast(
    string Key, string Name, float?[] UsageBytes, float?[] WorkingSetBytes, float?[] AnonymousBytes, float?[] RefaultPages, float?[] PressureFull, float?[] MemoryBound)
{
    /// <summary>Windows in which its memory was told.</summary>
    public int Known => Resident.Count(value => value is not null);

    /// <summary>Working set, or anonymous pages for a group of processes, which has no working set.</summary>
    public float?[] Resident => [.. WorkingSetBytes.Zip(AnonymousBytes, (set, anonymous) => set ?? anonymous)];

    /// <summary>Inactive file cache.</summary>
    public float?[] IdleFileBytes => [.. UsageBytes.Zip(WorkingSetBytes, (usage, set) => usage - set is { } idle ? Math.Max(0, idle) : (float?)null)];

    /// <summary>The windows from one to before another.</summary>
    public WorkloadMemoryPast Part(Range windows) => this with
    {
        UsageBytes = UsageBytes[windows],
        WorkingSetBytes = WorkingSetBytes[windows],
        AnonymousBytes = AnonymousBytes[windows],
        RefaultPages = RefaultPages[windows],
        PressureFull = PressureFull[windows],
        MemoryBound = MemoryBound[windows],
    };
}

/// <summary>What telemetry says of a host's memory.</summary>
/// <param name="HostId">The host.</param>
/// <param name="Host">Its name.</param>
/// <param name="Until">End of the last window, UTC.</param>
/// <param name="WindowSeconds">Length of a window.</param>
/// <param name="Windows">Windows from the first telemetry on.</param>
/// <param name="MemoryBytes">Memory of the host.</param>
/// <param name="IdleAnonymousShare">Share of anonymous pages on the kernel's inactive list; null where reclaim never ran, since the list is then unsorted.</param>
/// <param name="Tier">Where memory could go.</param>
/// <param name="Workloads">Its workloads.</param>
public sealed record HostMemoryPast(
    int HostId, string Host, DateTimeOffset Until, double WindowSeconds, int Windows, double MemoryBytes, double? IdleAnonymousShare, SlowTier Tier,
    IReadOnlyList<WorkloadMemoryPast> Workloads)
{
    public double Seconds => Windows * WindowSeconds;
}
