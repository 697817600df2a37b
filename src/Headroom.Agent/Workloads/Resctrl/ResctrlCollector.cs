using System.Globalization;
using Headroom.Agent.Collecting;

namespace Headroom.Agent.Workloads.Resctrl;

/// <summary>
/// Last-level cache and memory bandwidth per workload through monitoring groups of resctrl. Makes groups only when the settings
/// allow it; a group without a free monitoring id is not made, and that workload's values stay missing.
/// </summary>
internal sealed class ResctrlCollector(CollectorServices services, WorkloadSet set) : ICollector
{
    private const string Groups = "/sys/fs/resctrl/mon_groups";

    private readonly Dictionary<string, MonitoringGroup> _groups = [];
    private long _seenDiscovery;
    private int _next;

    public string Name => "resctrl-workloads";

    public void Collect(CollectionContext context)
    {
        if (!services.Options.Workloads.ResctrlGroups || !services.Files.System.Exists(Groups))
        {
            return;
        }

        set.RefreshWhenDue();
        if (_seenDiscovery != set.DiscoveryCount)
        {
            _seenDiscovery = set.DiscoveryCount;
            Follow();
        }

        foreach (var workload in set.Workloads)
        {
            if (_groups.TryGetValue(workload.Found.Identity.Key, out var group))
            {
                group.Read(workload.Entity);
            }
        }
    }

    private void Follow()
    {
        foreach (var (key, group) in _groups)
        {
            if (set.Workloads.All(workload => workload.Found.Identity.Key != key))
            {
                group.Dispose();
                _groups.Remove(key);
            }
        }

        foreach (var workload in set.Workloads)
        {
            var key = workload.Found.Identity.Key;
            if (!_groups.TryGetValue(key, out var group))
            {
                var folder = $"{Groups}/headroom-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{_next++}";
                group = MonitoringGroup.TryMake(services.Files, services.Options.Root, folder);
                if (group is null)
                {
                    return;
                }

                _groups.Add(key, group);
            }

            group.Follow(workload.Members.Pids);
        }
    }
}
