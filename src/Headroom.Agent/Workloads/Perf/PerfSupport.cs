using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>Which events this machine counts, found out by opening each once on the agent itself.</summary>
internal sealed class PerfSupport
{
    private PerfSupport(IReadOnlyList<PerfEventGroup> groups, IReadOnlyList<string> unsupported, int? refusal)
    {
        Groups = groups;
        Unsupported = unsupported;
        Refusal = refusal;
        Events = [.. groups.SelectMany(group => group.Events)];
    }

    /// <summary>The groups with what is left of them, essential ones first.</summary>
    public IReadOnlyList<PerfEventGroup> Groups { get; }

    /// <summary>All supported events; their places here are their places in <see cref="CounterGrowth"/>.</summary>
    public IReadOnlyList<PerfEvent> Events { get; }

    /// <summary>Names of the events that are not there.</summary>
    public IReadOnlyList<string> Unsupported { get; }

    /// <summary>Error number when the kernel refuses every event, or null.</summary>
    public int? Refusal { get; }

    public static PerfSupport Probe(KernelFiles files, IPerfEvents events)
    {
        var wanted = PerfEventTable.Groups.Concat(new[] { TopDownEvents.Find(PmuDevice.Find(files)) }.OfType<PerfEventGroup>());
        var groups = new List<PerfEventGroup>();
        var unsupported = new List<string>();
        int? refusal = null;
        foreach (var group in wanted.OrderByDescending(group => group.IsEssential))
        {
            var supported = Supported(group, events, unsupported, ref refusal);
            if (supported.Count > 0)
            {
                groups.Add(group with { Events = supported });
            }
        }

        return new PerfSupport(groups, unsupported, groups.Count == 0 ? refusal : null);
    }

    private static List<PerfEvent> Supported(PerfEventGroup group, IPerfEvents events, List<string> unsupported, ref int? refusal)
    {
        // Parts of Top-Down only open in a group led by the slots, so the group is opened as it will be used.
        var supported = new List<PerfEvent>();
        var open = new List<int>();
        foreach (var candidate in group.Events)
        {
            var descriptor = events.Open(candidate.Attribute(0, 0), 0, -1, open.Count == 0 ? -1 : open[0], cgroup: false);
            if (descriptor >= 0)
            {
                open.Add(descriptor);
                supported.Add(candidate);
            }
            else
            {
                refusal ??= -descriptor;
                unsupported.Add(candidate.Name);
            }
        }

        open.ForEach(events.Close);
        return supported;
    }
}
