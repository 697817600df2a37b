using Headroom.Agent.Memory;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Host;

/// <summary>What firmware says of a node's memory goes with the node's description.</summary>
public sealed class NumaFirmwareTests
{
    [Fact]
    public void A_node_without_cpus_tells_its_bandwidth_and_latency()
    {
        using var machine = new MeasuredMachine(services => new NumaCollector(services));
        machine.Write("/sys/devices/system/node/node1/cpulist", "\n");
        machine.Write("/sys/devices/system/node/node1/meminfo", "Node 1 MemTotal:       1024 kB\n");
        machine.Write("/sys/devices/system/node/node1/access0/initiators/read_bandwidth", "60000\n");
        machine.Write("/sys/devices/system/node/node1/access0/initiators/write_bandwidth", "0\n");
        machine.Write("/sys/devices/system/node/node1/access0/initiators/read_latency", "250\n");
        machine.Tick();
        var attributes = machine.Entities.Find(EntityKind.NumaNode, "node1")!.Descriptor.Attributes;
        Assert.Equal(("", "60000", "250"), (attributes["numa.cpus"], attributes["numa.read_bandwidth"], attributes["numa.read_latency"]));
        Assert.DoesNotContain("numa.write_bandwidth", attributes.Keys);
    }
}
