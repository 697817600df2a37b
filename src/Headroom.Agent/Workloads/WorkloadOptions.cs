namespace Headroom.Agent.Workloads;

/// <summary>What counts as a workload on this host, and how much the agent may spend on measuring it. Section <c>workloads</c>.</summary>
internal sealed record WorkloadOptions
{
    /// <summary>Seconds between looks for new and vanished workloads, 10 by default; from 1 to 600.</summary>
    public double DiscoveryIntervalSeconds { get; set; } = 10;

    /// <summary>Discovery comes less often where it takes its time (very many processes), so that it never takes more than this share of a CPU, 0.002 by default.</summary>
    public double MaxDiscoveryRatio { get; set; } = 0.002;

    /// <summary>Most workloads measured at once, 128 by default; when there are more, those that used most CPU.</summary>
    public int MaxWorkloads { get; set; } = 128;

    /// <summary>Most cgroups looked at in one discovery, 4096 by default.</summary>
    public int MaxCgroups { get; set; } = 4096;

    /// <summary>Names of cgroup patterns that find nothing, for example <c>systemd</c>.</summary>
    public IReadOnlyList<string> DisabledPatterns { get; set; } = [];

    /// <summary>More cgroups that are workloads: a name and a regular expression over the cgroup's path. A group <c>(?&lt;name&gt;)</c> of the expression is added to the name.</summary>
    public IReadOnlyDictionary<string, string> Cgroups { get; set; } = new Dictionary<string, string>();

    /// <summary>Groups of processes that are workloads: a name and a regular expression over the command name, the executable or the command line. Children belong to the group of their parent.</summary>
    public IReadOnlyDictionary<string, string> ProcessGroups { get; set; } = new Dictionary<string, string>();

    /// <summary>Where neither cgroups nor settings name a workload, the busiest programs count as workloads; how many, 8 by default, 0 to switch it off.</summary>
    public int BusiestPrograms { get; set; } = 8;

    /// <summary>Most threads read per tick for context switches and run-queue wait, 512 by default. Workloads take turns when that is not enough.</summary>
    public int MaxThreadsPerTick { get; set; } = 512;

    /// <summary>Most processes of one workload that are looked at, 256 by default; a workload with more has no thread-level metrics.</summary>
    public int MaxProcessesPerWorkload { get; set; } = 256;

    /// <summary>Most descriptors held open for performance counters, 4096 by default, 0 to switch counters off. When that is not enough, the busiest workloads get them.</summary>
    public int MaxPerfDescriptors { get; set; } = 4096;

    /// <summary>Least share of a second that a multiplexed counter must have run, 0.05 by default; below it the value is missing, because scaling it up would be a guess.</summary>
    public double MinCounterRunningRatio { get; set; } = 0.05;

    /// <summary>Whether the agent may make resctrl monitoring groups, one per workload; off by default, because their number is small and others may need them.</summary>
    public bool ResctrlGroups { get; set; }

    /// <summary>Checks ranges and expressions and returns one sentence per mistake, each naming its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (DiscoveryIntervalSeconds is not (>= 1 and <= 600))
        {
            yield return $"workloads.discoveryIntervalSeconds: expected 1 to 600, got {DiscoveryIntervalSeconds}";
        }

        if (MaxDiscoveryRatio is not (> 0 and <= 1))
        {
            yield return $"workloads.maxDiscoveryRatio: expected more than 0, at most 1, got {MaxDiscoveryRatio}";
        }

        if (MinCounterRunningRatio is not (>= 0 and <= 1))
        {
            yield return $"workloads.minCounterRunningRatio: expected 0 to 1, got {MinCounterRunningRatio}";
        }

        foreach (var (key, value) in Limits().Where(limit => limit.Value < 0))
        {
            yield return $"workloads.{key}: expected 0 or more, got {value}";
        }

        foreach (var (key, name, expression) in Expressions())
        {
            if (WorkloadExpression.Mistake(expression) is { } mistake)
            {
                yield return $"workloads.{key}.{name}: expected a regular expression, got '{expression}' ({mistake})";
            }
        }
    }

    private IEnumerable<(string Key, int Value)> Limits() =>
    [
        ("maxWorkloads", MaxWorkloads), ("maxCgroups", MaxCgroups), ("busiestPrograms", BusiestPrograms),
        ("maxThreadsPerTick", MaxThreadsPerTick), ("maxProcessesPerWorkload", MaxProcessesPerWorkload), ("maxPerfDescriptors", MaxPerfDescriptors),
    ];

    private IEnumerable<(string Key, string Name, string Expression)> Expressions() =>
        Cgroups.Select(entry => ("cgroups", entry.Key, entry.Value))
            .Concat(ProcessGroups.Select(entry => ("processGroups", entry.Key, entry.Value)));
}
