using System.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Workloads.Cgroups;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>
/// Hardware and software events per workload. A workload with a cgroup in the hierarchy of the perf_event controller is counted
/// as a whole; others are counted process by process.
/// </summary>
internal sealed partial class PerfCollector(CollectorServices services, WorkloadSet set, IPerfEvents events) : ICollector
{
    private readonly Dictionary<string, (MeasuredWorkload Workload, WorkloadCounters Counters)> _open = [];
    private readonly int _maxDescriptors = services.Options.Workloads.MaxPerfDescriptors;
    private readonly double _minRunningRatio = services.Options.Workloads.MinCounterRunningRatio;

    private PerfSupport? _support;
    private PerfMetrics? _metrics;
    private List<int> _cpus = [];
    private long _plannedAtDiscovery;
    private bool _hasAllEvents = true;
    private bool _isCgroupRefused;
    private int _withoutCounters;

    public string Name => "perf";

    public void Collect(CollectionContext context)
    {
        set.RefreshWhenDue();
        if (_maxDescriptors == 0)
        {
            return;
        }

        _support ??= Probe();
        if (_support.Events.Count == 0)
        {
            return;
        }

        foreach (var (workload, counters) in _open.Values)
        {
            if (counters.TryRead(context.MonotonicNanoseconds, _minRunningRatio, out var growth, out var seconds))
            {
                _metrics!.SetOn(workload.Entity, growth, seconds);
            }
        }

        if (_plannedAtDiscovery != set.DiscoveryCount)
        {
            _plannedAtDiscovery = set.DiscoveryCount;
            Plan(_support, context.MonotonicNanoseconds);
        }
    }

    private PerfSupport Probe()
    {
        var support = PerfSupport.Probe(services.Files, events);
        _metrics = new PerfMetrics(support);
        CpuList.Parse(Encoding.UTF8.GetBytes(services.Files.ReadText("/sys/devices/system/cpu/online") ?? "0"), _cpus);
        if (support.Refusal is { } error && PerfErrors.IsPermission(-error))
        {
            LogRefused(services.Log, error);
        }
        else if (support.Unsupported.Count > 0)
        {
            LogUnsupported(services.Log, support.Events.Count, support.Unsupported.Count, string.Join(", ", support.Unsupported));
        }

        return support;
    }

    private void Plan(PerfSupport support, long nanoseconds)
    {
        foreach (var (key, (workload, counters)) in _open)
        {
            if (!set.Workloads.Contains(workload))
            {
                Close(key, counters);
            }
        }

        var candidates = set.Workloads.Select(workload => new PerfCandidate(
            workload.Found.Identity.Key,
            workload.CpuUsage ?? 0,
            _open.ContainsKey(workload.Found.Identity.Key),
            Folder(workload) is null ? ThreadCount(workload) : _cpus.Count)).ToList();
        var essential = support.Groups.Where(group => group.IsEssential).Sum(group => group.Events.Count);
        var (chosen, allEvents) = PerfPlan.Create(candidates, essential, support.Events.Count, _maxDescriptors);
        foreach (var (key, (_, counters)) in _open)
        {
            if (!chosen.Contains(key) || allEvents != _hasAllEvents)
            {
                Close(key, counters);
            }
        }

        _hasAllEvents = allEvents;
        foreach (var workload in set.Workloads.Where(workload => chosen.Contains(workload.Found.Identity.Key)))
        {
            Follow(support, workload, nanoseconds);
        }

        if (_withoutCounters != candidates.Count - chosen.Count)
        {
            _withoutCounters = candidates.Count - chosen.Count;
            LogShort(services.Log, _withoutCounters, _maxDescriptors);
        }
    }

    private void Follow(PerfSupport support, MeasuredWorkload workload, long nanoseconds)
    {
        var key = workload.Found.Identity.Key;
        var folder = Folder(workload);
        if (!_open.TryGetValue(key, out var entry))
        {
            entry = (workload, new WorkloadCounters(events, Groups(support), support.Events.Count, nanoseconds));
            var error = folder is null ? 0 : entry.Counters.OpenCgroup(folder, _cpus);
            if (PerfErrors.IsPermission(-error))
            {
                _isCgroupRefused = true;
                folder = null;
                LogCgroupRefused(services.Log, error);
            }

            _open.Add(key, entry);
        }

        if (folder is null)
        {
            var others = _open.Values.Sum(other => other.Counters.DescriptorCount) - entry.Counters.DescriptorCount;
            entry.Counters.FollowProcesses(services.Files, workload.Members.Pids, _maxDescriptors - others);
        }
    }

    private List<IReadOnlyList<(PerfEvent, int)>> Groups(PerfSupport support)
    {
        var place = 0;
        var groups = new List<IReadOnlyList<(PerfEvent, int)>>();
        foreach (var group in support.Groups)
        {
            var first = place;
            place += group.Events.Count;
            if (_hasAllEvents || group.IsEssential)
            {
                groups.Add([.. group.Events.Select((perfEvent, offset) => (perfEvent, first + offset))]);
            }
        }

        return groups;
    }

    /// <summary>Folder of the cgroup in the hierarchy of perf_event, or null when it must be counted by process.</summary>
    private string? Folder(MeasuredWorkload workload)
    {
        if (_isCgroupRefused || workload.Found.Identity.CgroupPath is not { } path || (set.Mounts.V1("perf_event") ?? set.Mounts.V2) is not { } root)
        {
            return null;
        }

        return services.Files.System.Exists(root + path) ? root + path : null;
    }

    private static int ThreadCount(MeasuredWorkload workload) =>
        (int)(workload.Entity.HasValues ? workload.Entity.Sample.Values[WorkloadMetric.Ordinal("container.thread.count")] ?? workload.Members.Pids.Count : workload.Members.Pids.Count);

    private void Close(string key, WorkloadCounters counters)
    {
        counters.Dispose();
        _open.Remove(key);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Performance counters are refused (error {Error}); their metrics are missing. Run the agent as root or with CAP_PERFMON, or lower kernel.perf_event_paranoid")]
    private static partial void LogRefused(ILogger log, int error);

    [LoggerMessage(Level = LogLevel.Information, Message = "This machine counts {Supported} performance events; {Unsupported} are not available and stay missing: {Names}")]
    private static partial void LogUnsupported(ILogger log, int supported, int unsupported, string names);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counting whole cgroups is refused (error {Error}); workloads are counted process by process")]
    private static partial void LogCgroupRefused(ILogger log, int error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} workloads are without performance counters, because workloads.maxPerfDescriptors is {Limit}; the busiest have them")]
    private static partial void LogShort(ILogger log, int count, int limit);
}
