using Headroom.Agent.Collecting;
using Headroom.Agent.Disks;
using Headroom.Agent.Kernel;
using Headroom.Agent.Memory;
using Headroom.Agent.Networking;
using Headroom.Agent.Processors;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Tests.Host;

/// <summary>Two readings of a real machine, taken for two seconds apart. The expected numbers were worked out by hand from the files.</summary>
public sealed class RecordedHostTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly MeasuredMachine _machine = new(
        services => new CpuCollector(services),
        services => new LoadCollector(services),
        services => new PressureCollector(services),
        services => new MemoryCollector(services),
        services => new PagingCollector(services),
        services => new NumaCollector(services),
        services => new DiskCollector(services),
        services => new InterfaceCollector(services),
        services => new SoftnetCollector(services),
        services => new ProtocolCollector(services),
        services => new SocketCollector(services),
        services => new LimitsCollector(services));

    public RecordedHostTests()
    {
        _machine.Load("first");
        _machine.Tick();
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void At_the_first_reading_levels_are_known_and_rates_are_missing()
    {
        Assert.Equal((float)(24684084 * 1024.0), _machine.Host("system.memory.limit"));
        Assert.Null(_machine.Host("system.cpu.utilization"));
        Assert.Null(_machine.Host("system.paging.faults.minor"));
        Assert.Null(_machine.Host("system.disk.io.read"));
        Assert.Null(_machine.Host("system.network.io.receive"));
    }

    [Fact]
    public void Cpu_time_is_shared_out_between_the_modes()
    {
        Second();

        // cpu: user 318, system 29, softirq 1 of 348 ticks; nothing idle.
        Near(318.0 / 348, _machine.Host("system.cpu.utilization.user"));
        Near(29.0 / 348, _machine.Host("system.cpu.utilization.system"));
        Near(0, _machine.Host("system.cpu.utilization.idle"));
        Near(1, _machine.Host("system.cpu.utilization"));
        Near(2, _machine.Host("system.cpu.logical.count"));

        // cpu0: user 160, system 14.
        Near(160.0 / 174, _machine.Value(EntityKind.Cpu, "cpu0", "system.cpu.utilization.user"));
        Near(1, _machine.Value(EntityKind.NumaNode, "node0", "system.cpu.utilization"));
    }

    [Fact]
    public void Counters_become_rates_per_second()
    {
        Second();

        Near((48793065 - 48755782 - 2) / 2.0, _machine.Host("system.paging.faults.minor"));
        Near(1, _machine.Host("system.paging.faults.major"));
        Near((5740721 - 5674957) * 1024 / 2.0, _machine.Host("system.paging.io.in"));
    }

    [Fact]
    public void A_disk_tells_bytes_operations_latency_and_utilization()
    {
        Second();

        Near(131528 * 512 / 2.0, _machine.Value(EntityKind.Disk, "vda", "system.disk.io.read"));
        Near(72 / 2.0, _machine.Value(EntityKind.Disk, "vda", "system.disk.operations.read"));
        Near(0.058 / 72, _machine.Value(EntityKind.Disk, "vda", "system.disk.latency.read"));
        Near(0.030 / 95, _machine.Value(EntityKind.Disk, "vda", "system.disk.latency.write"));
        Near(0.096 / 2, _machine.Value(EntityKind.Disk, "vda", "system.disk.io_time"));
        Near(0.097 / 2, _machine.Value(EntityKind.Disk, "vda", "system.disk.queue_depth"));
        Near(131072 * 512 / 2.0, _machine.Value(EntityKind.Disk, "vda", "system.disk.io.discard"));

        // The host's totals count the physical disk alone.
        Assert.Equal(_machine.Value(EntityKind.Disk, "vda", "system.disk.io.write"), _machine.Host("system.disk.io.write"));
        Assert.Null(_machine.Entities.Find(EntityKind.Disk, "loop0"));
    }

    [Fact]
    public void A_disk_that_did_nothing_has_no_latency()
    {
        Second();

        Near(0, _machine.Value(EntityKind.Disk, "zram0", "system.disk.operations.read"));
        Assert.Null(_machine.Value(EntityKind.Disk, "zram0", "system.disk.latency.read"));
    }

    [Fact]
    public void Only_interfaces_with_a_device_count_for_the_host()
    {
        Second();

        Assert.Equal(_machine.Value(EntityKind.NetworkInterface, "eth0", "system.network.io.receive"), _machine.Host("system.network.io.receive"));
        Assert.NotNull(_machine.Value(EntityKind.NetworkInterface, "lo", "system.network.io.receive"));
        Assert.Equal("1400", _machine.Entities.Find(EntityKind.NetworkInterface, "eth0")!.Descriptor.Attributes["network.interface.mtu"]);
    }

    [Fact]
    public void A_well_formed_machine_gives_no_complaint()
    {
        Second();

        Assert.Empty(_machine.Problems);
        Assert.Empty(_machine.Log.Lines);
    }

    [Fact]
    public void More_than_a_hundred_metrics_of_the_host_have_values()
    {
        Second();

        Assert.InRange(_machine.All().Count(value => value.Entity == EntityRegistry.HostKey), 180, int.MaxValue);
    }

    private void Second()
    {
        _machine.Load("second");
        _machine.Tick(2);
    }

    private static void Near(double expected, float? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected, actual.Value, Math.Max(Tolerance, Math.Abs(expected) * Tolerance));
    }
}
