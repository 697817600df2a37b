namespace Headroom.Agent.Workloads.Perf;

/// <summary>Who wants counters, and what they would cost.</summary>
/// <param name="Key">The workload.</param>
/// <param name="CpuUsage">CPUs it keeps busy.</param>
/// <param name="IsOpen">Whether it has counters already.</param>
/// <param name="Targets">CPUs or threads on which every event is opened.</param>
internal sealed record PerfCandidate(string Key, double CpuUsage, bool IsOpen, int Targets);

/// <summary>Who gets counters when descriptors are short: all events for everybody, else the essential events for the busiest.</summary>
internal static class PerfPlan
{
    /// <summary>A workload with counters keeps them until another is so many times busier, so that series do not break all the time.</summary>
    private const double Loyalty = 2;

    /// <param name="candidates">All workloads.</param>
    /// <param name="essentialEvents">Events of the essential groups.</param>
    /// <param name="allEvents">Events of all groups.</param>
    /// <param name="maxDescriptors">Descriptors there are.</param>
    /// <returns>The chosen keys, and whether they get all events.</returns>
    public static (IReadOnlySet<string> Chosen, bool AllEvents) Create(
        IReadOnlyCollection<PerfCandidate> candidates,
        int essentialEvents,
        int allEvents,
        int maxDescriptors)
    {
        var isRoomForAll = candidates.Sum(candidate => (long)candidate.Targets * allEvents) <= maxDescriptors;
        var perTarget = isRoomForAll ? allEvents : essentialEvents;
        var chosen = new HashSet<string>();
        long used = 0;
        foreach (var candidate in candidates.OrderByDescending(candidate => candidate.CpuUsage * (candidate.IsOpen ? Loyalty : 1)).ThenBy(candidate => candidate.Key, StringComparer.Ordinal))
        {
            var cost = (long)candidate.Targets * perTarget;
            if (used + cost <= maxDescriptors)
            {
                used += cost;
                chosen.Add(candidate.Key);
            }
        }

        return (chosen, isRoomForAll);
    }
}
