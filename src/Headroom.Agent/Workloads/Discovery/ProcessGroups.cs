using System.Text.RegularExpressions;

namespace Headroom.Agent.Workloads.Discovery;

/// <summary>
/// Groups of processes that the settings name. A process belongs to the first group whose expression its command name, its
/// executable or its command line matches, else to the group of its parent.
/// </summary>
internal sealed class ProcessGroups
{
    private readonly (string Name, Regex Expression)[] _groups;
    private readonly Dictionary<KnownProcess, (string Command, string? Group)> _own = [];

    public ProcessGroups(IReadOnlyDictionary<string, string> expressions) =>
        _groups = [.. expressions.Select(entry => (entry.Key, WorkloadExpression.Create(entry.Value)))];

    /// <summary>Whether there is any group to look for.</summary>
    public bool IsEmpty => _groups.Length == 0;

    /// <summary>The groups that have processes.</summary>
    public IEnumerable<FoundWorkload> Find(IReadOnlyDictionary<int, KnownProcess> processes)
    {
        foreach (var gone in _own.Keys.Where(process => processes.GetValueOrDefault(process.Pid) != process).ToList())
        {
            _own.Remove(gone);
        }

        return processes.Values
            .Select(process => (Process: process, Group: GroupOf(process, processes)))
            .Where(member => member.Group is not null)
            .GroupBy(member => member.Group!, member => member.Process)
            .Select(group => Workload(group.Key, group));
    }

    /// <summary>A group of processes as a workload.</summary>
    public static FoundWorkload Workload(string name, IEnumerable<KnownProcess> processes)
    {
        var members = processes.ToList();
        var attributes = new Dictionary<string, string> { [WorkloadIdentity.TypeAttribute] = WorkloadIdentity.Word(WorkloadType.ProcessGroup) };
        var identity = new WorkloadIdentity(WorkloadType.ProcessGroup, $"processes/{name}", name, attributes, null);
        var ticks = members.Aggregate(0UL, (sum, process) => sum + process.Stat.UserTicks + process.Stat.SystemTicks);
        return new FoundWorkload(identity, [], [.. members.Select(process => process.Pid)], ticks * 10_000_000);
    }

    private string? GroupOf(KnownProcess process, IReadOnlyDictionary<int, KnownProcess> processes)
    {
        // Ancestors are few; the bound is against a table that changed while it was read and now goes in a circle.
        for (var depth = 0; depth < 64; depth++)
        {
            if (OwnGroup(process) is { } group)
            {
                return group;
            }

            if (!processes.TryGetValue(process.Stat.ParentPid, out var parent))
            {
                return null;
            }

            process = parent;
        }

        return null;
    }

    private string? OwnGroup(KnownProcess process)
    {
        if (_own.TryGetValue(process, out var known) && known.Command == process.Stat.Command)
        {
            return known.Group;
        }

        var commandLine = string.Join(' ', process.Arguments);
        var group = _groups.FirstOrDefault(candidate =>
            WorkloadExpression.Find(candidate.Expression, process.Stat.Command) is not null
            || WorkloadExpression.Find(candidate.Expression, process.Executable) is not null
            || WorkloadExpression.Find(candidate.Expression, commandLine) is not null).Name;
        _own[process] = (process.Stat.Command, group);
        return group;
    }
}
