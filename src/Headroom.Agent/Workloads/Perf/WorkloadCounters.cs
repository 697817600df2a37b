using System.Globalization;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Tasks;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>All counters of one workload.</summary>
internal sealed class WorkloadCounters : IDisposable
{
    private readonly IPerfEvents _events;
    private readonly IReadOnlyList<IReadOnlyList<(PerfEvent Event, int Index)>> _groups;
    private readonly List<OpenCounters> _open = [];
    private readonly HashSet<int> _covered = [];
    private readonly CounterGrowth _growth;
    private readonly List<string> _names = [];
    private long _readAt;

    /// <param name="events">The kernel.</param>
    /// <param name="groups">The groups to open, each event with its place in the sums.</param>
    /// <param name="eventCount">How many places there are.</param>
    /// <param name="nanoseconds">Monotonic time now.</param>
    public WorkloadCounters(IPerfEvents events, IReadOnlyList<IReadOnlyList<(PerfEvent Event, int Index)>> groups, int eventCount, long nanoseconds)
    {
        _events = events;
        _groups = groups;
        _growth = new CounterGrowth(eventCount);
        _readAt = nanoseconds;
    }

    /// <summary>How many descriptors it holds.</summary>
    public int DescriptorCount { get; private set; }

    /// <summary>Counts a cgroup as a whole, on every CPU: nothing that runs in it is missed.</summary>
    /// <returns>0, or the error number because of which nothing is counted.</returns>
    public int OpenCgroup(string folder, IReadOnlyList<int> cpus)
    {
        var descriptor = _events.OpenFolder(folder);
        if (descriptor < 0)
        {
            return PerfErrors.NoSuchProcess;
        }

        var error = 0;
        foreach (var cpu in cpus)
        {
            foreach (var group in _groups)
            {
                error = Add(new OpenCounters(_events, group, descriptor, cpu)) ?? error;
            }
        }

        _events.Close(descriptor);
        return DescriptorCount > 0 ? 0 : error;
    }

    /// <summary>
    /// Counts processes one by one: the threads they have now, and by inheritance those they start later. A process that
    /// was started by one already counted is therefore not opened again.
    /// </summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="pids">The processes of the workload.</param>
    /// <param name="maxDescriptors">How many descriptors it may hold.</param>
    public void FollowProcesses(KernelFiles files, IEnumerable<int> pids, int maxDescriptors)
    {
        var isFirst = _covered.Count == 0;
        foreach (var pid in pids.Where(pid => !_covered.Contains(pid)).ToList())
        {
            if (!files.TryReadOnce($"/proc/{pid}/stat", out var content) || !ProcessStat.TryParse(content, "", out var stat))
            {
                continue;
            }

            var isInherited = !isFirst && (_covered.Contains(stat.ParentPid) || (stat.SessionId != pid && _covered.Contains(stat.SessionId)));
            var needed = stat.ThreadCount * _groups.Sum(group => group.Count);
            if (isInherited || DescriptorCount + needed <= maxDescriptors)
            {
                _covered.Add(pid);
            }

            if (!isInherited && _covered.Contains(pid))
            {
                OpenThreads(files, pid);
            }
        }
    }

    /// <summary>Reads all counters. False when there was nothing to read.</summary>
    public bool TryRead(long nanoseconds, double minRunningRatio, out CounterGrowth growth, out double seconds)
    {
        growth = _growth;
        seconds = (nanoseconds - _readAt) / 1e9;
        if (_open.Count == 0 || seconds <= 0)
        {
            return false;
        }

        _readAt = nanoseconds;
        _growth.Clear();
        foreach (var counters in _open)
        {
            counters.AddTo(_growth, minRunningRatio);
        }

        return true;
    }

    public void Dispose() => _open.ForEach(counters => counters.Dispose());

    private void OpenThreads(KernelFiles files, int pid)
    {
        _names.Clear();
        files.System.ListFolders($"/proc/{pid}/task", _names);
        foreach (var name in _names)
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var tid))
            {
                foreach (var group in _groups)
                {
                    Add(new OpenCounters(_events, group, tid, -1));
                }
            }
        }
    }

    private int? Add(OpenCounters counters)
    {
        if (counters.DescriptorCount > 0)
        {
            DescriptorCount += counters.DescriptorCount;
            _open.Add(counters);
        }

        return counters.FirstError;
    }
}
