using Headroom.Telemetry.Catalogue;
using Headroom.Testing.Bodies;

namespace Headroom.Ingestion.Tests.Mapping;

public sealed class OpenTelemetryTests
{
    [Fact]
    public void The_older_names_and_the_semantic_conventions_lead_to_the_same_values()
    {
        var (older, newer) = (new MappedSender(), new MappedSender());
        for (var second = -2; second <= -1; second++)
        {
            var (at, passed) = (MappedSender.Milliseconds(second), second + 2);
            older.OpenTelemetry(Body()
                .Sum("system.cpu.time", "cpu=cpu0,state=user", 1, at, 0.25 * passed).Sum("system.cpu.time", "cpu=cpu0,state=idle", 1, at, 0.5 * passed).Sum("system.cpu.time", "cpu=cpu0,state=wait", 1, at, 0.25 * passed)
                .Gauge("system.cpu.load_average.1m", "", at, 1.5)
                .Gauge("system.memory.usage", "state=used", at, 300).Gauge("system.memory.usage", "state=free", at, 500).Gauge("system.memory.usage", "state=buffered", at, 100).Gauge("system.memory.usage", "state=cached", at, 100)
                .Sum("system.disk.io", "device=sda,direction=read", 1, at, 4096 * passed).Sum("system.disk.operations", "device=sda,direction=read", 1, at, 2 * passed).Sum("system.disk.operation_time", "device=sda,direction=read", 1, at, 0.5 * passed)
                .Sum("system.network.io", "device=eth0,direction=receive", 1, at, 1000 * passed).Sum("system.network.dropped", "device=eth0,direction=transmit", 1, at, 3 * passed)
                .Sum("system.paging.faults", "type=major", 1, at, 7 * passed));
            newer.OpenTelemetry(Body()
                .Sum("system.cpu.time", "cpu.logical_number=0,cpu.mode=user", 1, at, 0.25 * passed).Sum("system.cpu.time", "cpu.logical_number=0,cpu.mode=idle", 1, at, 0.5 * passed).Sum("system.cpu.time", "cpu.logical_number=0,cpu.mode=iowait", 1, at, 0.25 * passed)
                .Gauge("system.linux.cpu.load_1m", "", at, 1.5)
                .Gauge("system.memory.usage", "system.memory.state=used", at, 300).Gauge("system.memory.usage", "system.memory.state=free", at, 500).Gauge("system.memory.usage", "system.memory.state=buffers", at, 100).Gauge("system.memory.usage", "system.memory.state=cached", at, 100)
                .Sum("system.disk.io", "system.device=/dev/sda,disk.io.direction=read", 1, at, 4096 * passed).Sum("system.disk.operations", "system.device=/dev/sda,disk.io.direction=read", 1, at, 2 * passed).Sum("system.disk.operation_time", "system.device=/dev/sda,disk.io.direction=read", 1, at, 0.5 * passed)
                .Sum("system.network.io", "network.interface.name=eth0,network.io.direction=receive", 1, at, 1000 * passed).Sum("system.network.packet.dropped", "network.interface.name=eth0,network.io.direction=transmit", 1, at, 3 * passed)
                .Sum("system.paging.faults", "system.paging.fault.type=major", 1, at, 7 * passed));
        }

        Assert.Equal(older.Newest.OrderBy(value => value.Key), newer.Newest.OrderBy(value => value.Key));
        Assert.Equal(0, older.Unmapped + newer.Unmapped);
        Assert.Equal(0.25f, older.Host("system.cpu.utilization"));
        Assert.Equal(0.25f, older[EntityKind.Cpu, "cpu0", "system.cpu.utilization.iowait"]);
        Assert.Equal(0.3f, older.Host("system.memory.utilization"));
        Assert.Equal(0.25f, older[EntityKind.Disk, "sda", "system.disk.latency.read"]);
        Assert.Equal(1000f, older.Host("system.network.io.receive"));
        Assert.Equal(7f, older.Host("system.paging.faults.major"));
    }

    [Fact]
    public void Shares_and_seconds_of_cpu_time_from_one_sender_do_not_add_up()
    {
        var sender = new MappedSender();
        for (var second = -2; second <= -1; second++)
        {
            var (at, passed) = (MappedSender.Milliseconds(second), second + 2);
            sender.OpenTelemetry(Body()
                .Sum("system.cpu.time", "cpu=cpu0,state=user", 1, at, 0.25 * passed).Sum("system.cpu.time", "cpu=cpu0,state=idle", 1, at, 0.75 * passed)
                .Gauge("system.cpu.utilization", "cpu=cpu0,state=user", at, 0.25).Gauge("system.cpu.utilization", "cpu=cpu0,state=idle", at, 0.75));
        }

        Assert.Equal(0.25f, sender[EntityKind.Cpu, "cpu0", "system.cpu.utilization"]);
        Assert.Equal(0.25f, sender.Host("system.cpu.utilization"));
        Assert.Equal(1f, sender.Host("system.cpu.logical.count"));
    }

    [Fact]
    public void Containers_and_gpus_are_entities_of_their_host()
    {
        var sender = new MappedSender();
        var at = MappedSender.Milliseconds(-1);
        sender.OpenTelemetry(Body().Resource("container.id", "abc").Resource("container.name", "db").Gauge("container.memory.usage.total", "", at, 4096).Gauge("container.cpu.limit", "", at, 0));
        sender.OpenTelemetry(Body().Gauge("hw.gpu.utilization", "hw.id=GPU-7", at, 0.5).Gauge("hw.temperature", "hw.type=gpu,hw.id=GPU-7", at, 61).Gauge("hw.temperature", "hw.type=temperature,hw.id=3", at, 44));
        Assert.Equal(4096f, sender[EntityKind.Workload, "abc", "container.memory.usage"]);
        Assert.Null(sender[EntityKind.Workload, "abc", "container.cpu.limit"]);
        Assert.Equal(0.5f, sender[EntityKind.Gpu, "GPU-7", "hw.gpu.utilization"]);
        Assert.Equal(61f, sender[EntityKind.Gpu, "GPU-7", "hw.gpu.temperature"]);
        Assert.Equal(44f, sender.Host("hw.temperature.max"));
    }

    private static OtlpBody Body() => new OtlpBody().Resource("host.name", "box");
}
