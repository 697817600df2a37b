namespace Headroom.Agent.Tests.Workloads;

/// <summary>
/// A stress-ng under a quota of 0.2 CPU and a limit of 64 MiB, recorded twice, 1.458 s apart, on a host with v1 controllers and an
/// empty v2 hierarchy beside them (Linux 6.18).
/// </summary>
public sealed class RecordedCgroupTests : IDisposable
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "Workloads", "Recorded", "cgroup-v1-hybrid");

    private readonly MachineTree _machine = new();
    private readonly WorkloadBench _bench;

    public RecordedCgroupTests()
    {
        Load("first");
        _bench = new WorkloadBench(_machine.Root, new() { BusiestPrograms = 0, Cgroups = new Dictionary<string, string> { ["job"] = "^/hr/recorded$" } });
        _bench.Tick();
        Load("second");
        _bench.Tick(1.458146375);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Cpu_time_comes_from_v2_and_throttling_from_v1()
    {
        Assert.Equal((1_012_012 - 731_327) / 1e6 / 1.458146375, _bench.Value("job", "container.cpu.usage")!.Value, 5);
        Assert.Equal((7_459_046_445 - 4_939_203_221) / 1e9 / 1.458146375, _bench.Value("job", "container.cpu.throttling.time")!.Value, 5);
        Assert.Equal((47 - 32) / 1.458146375, _bench.Value("job", "container.cpu.throttling.periods")!.Value, 4);
        Assert.Equal(0.2, _bench.Value("job", "container.cpu.limit")!.Value, 5);
        Assert.Equal(100, _bench.Value("job", "container.cpu.weight"));
    }

    [Fact]
    public void Utilization_is_usage_over_the_quota() =>
        Assert.Equal(_bench.Value("job", "container.cpu.usage")!.Value / 0.2, _bench.Value("job", "container.cpu.utilization")!.Value, 4);

    [Fact]
    public void Memory_comes_from_v1_with_its_limit()
    {
        Assert.Equal(64 * 1024 * 1024, _bench.Value("job", "container.memory.limit"));
        var usage = _bench.Value("job", "container.memory.usage");
        Assert.InRange(usage!.Value, 1, 64 * 1024 * 1024);
        Assert.InRange(_bench.Value("job", "container.memory.working_set")!.Value, 0, usage.Value);
        Assert.NotNull(_bench.Value("job", "container.memory.refaults.file"));
        Assert.Equal(0, _bench.Value("job", "container.memory.events.oom_kill"));
    }

    [Fact]
    public void Pressure_is_a_share_of_time()
    {
        Assert.InRange(_bench.Value("job", "container.cpu.pressure.some")!.Value, 0.5, 1.05);
        Assert.NotNull(_bench.Value("job", "container.memory.pressure.full"));
        Assert.NotNull(_bench.Value("job", "container.disk.pressure.some"));
    }

    [Fact]
    public void Counts_come_from_the_pids_controller()
    {
        Assert.Equal(6, _bench.Value("job", "container.thread.count"));
        Assert.Equal(64, _bench.Value("job", "container.thread.limit"));
        Assert.Equal(6, _bench.Value("job", "container.process.count"));
    }

    [Fact]
    public void What_v1_does_not_tell_is_missing()
    {
        Assert.Null(_bench.Value("job", "container.memory.events.high"));
        Assert.Null(_bench.Value("job", "container.disk.latency"));
        Assert.Null(_bench.Value("job", "vm.vcpu.count"));
        Assert.Null(_bench.Value("job", "container.network.io.receive"));
        Assert.Empty(_bench.Problems);
    }

    private void Load(string snapshot)
    {
        var root = Path.Combine(Recorded, snapshot);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            _machine.Write(file[root.Length..], File.ReadAllText(file));
        }
    }
}
