namespace Headroom.MemoryPlacement.Live;

/// <summary>
/// How much of a workload's memory nobody needs at hand. File pages: usage less working set, that is the inactive list of its cgroup. Anonymous pages:
/// the host's inactive share, where reclaim has run and sorted the list. Off both goes what comes back: refaults times the horizon.
/// </summary>
/// <param name="FileBytes">Idle file pages in all but the lowest twentieth of windows; null where the kernel does not tell.</param>
/// <param name="AnonymousBytes">Idle anonymous pages; null where the kernel does not tell.</param>
/// <param name="ReturningBytes">What is brought back within the horizon.</param>
internal sealed record IdleMemory(double? FileBytes, double? AnonymousBytes, double ReturningBytes)
{
    private const double PageBytes = 4_096;

    public double Bytes => Math.Max(0, (FileBytes ?? 0) + (AnonymousBytes ?? 0) - ReturningBytes);

    public static IdleMemory Of(WorkloadMemoryPast past, double? idleAnonymousShare, double horizonSeconds) => new(
        past.IdleFileBytes.Low(),
        past.AnonymousBytes.Low() * idleAnonymousShare,
        (past.RefaultPages.Mean() ?? 0) * PageBytes * horizonSeconds);
}
