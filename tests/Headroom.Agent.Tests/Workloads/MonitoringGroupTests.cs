using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Agent.Workloads;
using Headroom.Agent.Workloads.Resctrl;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Workloads;

public sealed class MonitoringGroupTests
{
    [Fact]
    public void Domains_are_summed_threads_are_added_and_the_unavailable_is_missing()
    {
        using var machine = new MachineTree();
        machine.Process(100, "db", threads: [(100, 0, 1, 0, 0), (101, 0, 1, 0, 0)]);
        machine.Write("/sys/fs/resctrl/mon_groups/g/mon_data/mon_L3_00/llc_occupancy", "1000\n");
        machine.Write("/sys/fs/resctrl/mon_groups/g/mon_data/mon_L3_01/llc_occupancy", "500\n");
        machine.Write("/sys/fs/resctrl/mon_groups/g/mon_data/mon_L3_00/mbm_total_bytes", "Unavailable\n");
        var files = new KernelFiles(new LinuxFileSystem(machine.Root));
        var entities = new EntityRegistry(MetricCatalogue.Current, "host", new Dictionary<string, string>());
        var entity = entities.GetOrAdd(EntityKind.Workload, "db", "db", null);
        var group = MonitoringGroup.TryMake(files, machine.Root, "/sys/fs/resctrl/mon_groups/g")!;
        group.Follow([100]);
        group.Read(entity);

        var threads = File.ReadAllText($"{machine.Root}/sys/fs/resctrl/mon_groups/g/tasks");
        Assert.True(threads is "100101" or "101100");
        Assert.Equal(1500, entity.Sample.Values[WorkloadMetric.Ordinal("resctrl.llc.occupancy")]);
        Assert.Null(entity.Sample.Values[WorkloadMetric.Ordinal("resctrl.memory.bandwidth.total")]);
    }
}
