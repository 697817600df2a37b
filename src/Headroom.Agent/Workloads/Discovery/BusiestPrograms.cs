namespace Headroom.Agent.Workloads.Discovery;

/// <summary>
/// The programs that use most CPU, for hosts where neither cgroups nor settings name a workload. All processes of one program are
/// one workload. Ranked by a moving average, so that the list does not flicker.
/// </summary>
internal sealed class BusiestPrograms(int count)
{
    private const double WeightOfHistory = 0.8;

    /// <summary>Average of 1/100 s per look below which a program is idle.</summary>
    private const double IdleTicks = 1;

    private Dictionary<string, double> _averages = [];

    /// <summary>The busiest programs, at most the configured number.</summary>
    public IEnumerable<FoundWorkload> Find(IReadOnlyDictionary<int, KnownProcess> processes)
    {
        var programs = processes.Values.GroupBy(process => process.Program).ToDictionary(program => program.Key, program => program.ToList());
        _averages = programs.ToDictionary(
            program => program.Key,
            program => (_averages.GetValueOrDefault(program.Key) * WeightOfHistory) + ((1 - WeightOfHistory) * program.Value.Sum(process => (double)process.RecentTicks)));
        return _averages
            .Where(program => program.Value >= IdleTicks)
            .OrderByDescending(program => program.Value)
            .Take(count)
            .Select(program => ProcessGroups.Workload(program.Key, programs[program.Key]));
    }
}
