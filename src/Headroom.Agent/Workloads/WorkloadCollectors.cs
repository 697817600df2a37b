using Headroom.Agent.Collecting;
using Headroom.Agent.Workloads.Perf;
using Headroom.Agent.Workloads.Resctrl;

namespace Headroom.Agent.Workloads;

/// <summary>The collectors of workloads. They share one list of workloads, so they are made together.</summary>
internal static class WorkloadCollectors
{
    public static IEnumerable<ICollector> Create(CollectorServices services)
    {
        var set = new WorkloadSet(services);
        return
        [
            new WorkloadCollector(set),
            new PerfCollector(services, set, new LinuxPerfEvents(services.Options.Root)),
            new ResctrlCollector(services, set),
        ];
    }
}
