using System.Globalization;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Cgroups;
using Headroom.Agent.Workloads.Discovery.Names;
using Headroom.Agent.Workloads.Discovery.Patterns;

namespace Headroom.Agent.Workloads.Discovery;

/// <summary>Looks for the workloads of the host: by cgroup, by QEMU process, by the settings' process groups, by busy program.</summary>
internal sealed class WorkloadDiscovery
{
    private const int CgroupsPerWorkload = 64;
    private const int NameTries = 6;
    private const string PauseCommand = "pause";

    private readonly KernelFiles _files;
    private readonly CgroupMounts _mounts;
    private readonly WorkloadOptions _options;
    private readonly CgroupTree _tree;
    private readonly CgroupWorkloads _cgroups;
    private readonly ProcessTable _processes;
    private readonly ProcessGroups _groups;
    private readonly BusiestPrograms _busiest;
    private readonly ContainerNamesTable _names;
    private readonly Dictionary<string, (ContainerName? Name, int Tries)> _containerNames = [];
    private Dictionary<string, ulong> _used = [];

    /// <exception cref="ArgumentException">The settings switch off a pattern that does not exist.</exception>
    public WorkloadDiscovery(KernelFiles files, CgroupMounts mounts, WorkloadOptions options)
    {
        _files = files;
        _mounts = mounts;
        _options = options;
        _tree = new CgroupTree(files.System, mounts, options.MaxCgroups);
        _cgroups = new CgroupWorkloads(CgroupPatternTable.Create(options));
        _processes = new ProcessTable(files);
        _groups = new ProcessGroups(options.ProcessGroups);
        _busiest = new BusiestPrograms(options.BusiestPrograms);
        _names = new ContainerNamesTable(files);
    }

    /// <summary>How many workloads the last look left out because there were more than the settings allow.</summary>
    public int OmittedCount { get; private set; }

    /// <summary>Whether the last look met more cgroups than the settings allow.</summary>
    public bool IsTruncated => _tree.IsTruncated;

    /// <summary>The workloads of the moment, the busiest when there are too many.</summary>
    public IReadOnlyList<FoundWorkload> Find()
    {
        var paths = _tree.Walk();
        _processes.Refresh();
        var found = _cgroups.Choose(paths).Select(identity => OfCgroup(identity, paths)).OfType<FoundWorkload>().ToList();
        AddVirtualMachines(found);
        found.AddRange(_groups.IsEmpty ? [] : _groups.Find(_processes.Processes));
        if (found.Count == 0 && _groups.IsEmpty && _options.BusiestPrograms > 0)
        {
            found.AddRange(_busiest.Find(_processes.Processes));
        }

        var distinct = found.DistinctBy(workload => workload.Identity.Key).ToList();
        ForgetNames(distinct);
        return Busiest(distinct);
    }

    private FoundWorkload? OfCgroup(WorkloadIdentity identity, SortedSet<string> paths)
    {
        var named = identity.Attributes.ContainsKey(WorkloadIdentity.ContainerIdAttribute) ? Named(identity) : identity;
        var path = identity.CgroupPath!;
        return named is null
            ? null
            : new FoundWorkload(
                named,
                [path, .. paths.GetViewBetween($"{path}/", $"{path}0").Take(CgroupsPerWorkload - 1)],
                [],
                CgroupUsage.ReadNanoseconds(_files, _mounts, path));
    }

    /// <summary>The container with the names its runtime gave it; null when it is a pod's sandbox, which runs nothing.</summary>
    private WorkloadIdentity? Named(WorkloadIdentity identity)
    {
        var (name, tries) = _containerNames.GetValueOrDefault(identity.Key);
        if (name is null && tries < NameTries)
        {
            name = _names.Find(identity.Key, identity.Attributes.GetValueOrDefault(WorkloadIdentity.PodUidAttribute));
            _containerNames[identity.Key] = (name, tries + 1);
        }

        if (name is { IsSandbox: true } || (name is null && IsPause(identity)))
        {
            return null;
        }

        return name is null ? identity : identity.With(name.Name, name.Attributes);
    }

    private bool IsPause(WorkloadIdentity identity) =>
        identity.Attributes.ContainsKey(WorkloadIdentity.PodUidAttribute)
        && _mounts.Trees.Select(tree => _files.ReadText($"{tree}{identity.CgroupPath}/cgroup.procs")).FirstOrDefault(text => text is { Length: > 0 }) is { } pids
        && int.TryParse(pids.Split('\n')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        && _processes.Processes.TryGetValue(pid, out var process)
        && process.Stat.Command == PauseCommand;

    /// <summary>Adds what the command line says to machines known by cgroup, and machines that have none of their own.</summary>
    private void AddVirtualMachines(List<FoundWorkload> found)
    {
        foreach (var process in _processes.Processes.Values)
        {
            if (VirtualMachineProcess.Of(process) is not { } machine)
            {
                continue;
            }

            var key = VirtualMachineIdentity.Key(machine.Name);
            var memberships = _files.ReadText($"/proc/{process.Pid}/cgroup") ?? "";
            var at = found.FindIndex(workload => workload.Identity.Type == WorkloadType.VirtualMachine
                && (workload.Identity.Key == key || IsMember(memberships, workload.Identity.CgroupPath)));
            if (at >= 0)
            {
                found[at] = found[at] with { Identity = found[at].Identity.With(machine.Name, machine.Attributes(process.Pid)) };
                continue;
            }

            var attributes = new Dictionary<string, string>(machine.Attributes(process.Pid)) { [WorkloadIdentity.TypeAttribute] = WorkloadIdentity.Word(WorkloadType.VirtualMachine) };
            var group = ProcessGroups.Workload(machine.Name, [process]);
            found.Add(group with { Identity = new WorkloadIdentity(WorkloadType.VirtualMachine, key, machine.Name, attributes, null) });
        }
    }

    private static bool IsMember(string memberships, string? path) =>
        path is not null && memberships.Split('\n').Any(line => line.EndsWith($":{path}", StringComparison.Ordinal) || line.Contains($":{path}/", StringComparison.Ordinal));

    private void ForgetNames(List<FoundWorkload> found)
    {
        if (_containerNames.Count > 2 * (found.Count + _options.MaxWorkloads))
        {
            _containerNames.Clear();
        }
    }

    private List<FoundWorkload> Busiest(List<FoundWorkload> found)
    {
        var before = _used;
        _used = found.ToDictionary(workload => workload.Identity.Key, workload => workload.UsedNanoseconds);
        OmittedCount = Math.Max(0, found.Count - _options.MaxWorkloads);
        return OmittedCount == 0
            ? found
            : found.OrderByDescending(workload => Growth(workload, before)).Take(_options.MaxWorkloads).ToList();
    }

    private static ulong Growth(FoundWorkload workload, Dictionary<string, ulong> before) =>
        before.TryGetValue(workload.Identity.Key, out var used) && used <= workload.UsedNanoseconds ? workload.UsedNanoseconds - used : workload.UsedNanoseconds;
}
