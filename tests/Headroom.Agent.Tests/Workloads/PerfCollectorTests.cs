using Headroom.Agent.Workloads;
using Headroom.Agent.Workloads.Perf;

namespace Headroom.Agent.Tests.Workloads;

public sealed class PerfCollectorTests : IDisposable
{
    private const string Name = "db.service";
    private const string Unit = "/system.slice/db.service";
    private const int NoSuchEntry = 2;

    private readonly MachineTree _machine = MachineTree.WithV2();
    private readonly FakePerfEvents _perf = new();

    public PerfCollectorTests() => _machine.V2Cgroup(Unit, 0, 100);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Counters_of_all_cpus_are_summed_and_ratios_are_reckoned()
    {
        _perf.PerSecond = Counts;
        var bench = Bench();
        Pass(bench);

        Assert.Equal(4 * 2e9, bench.Value(Name, "perf.cycles")!.Value, 1e3);
        Assert.Equal(4 * 3e9, bench.Value(Name, "perf.instructions")!.Value, 1e3);
        Assert.Equal(1.5, bench.Value(Name, "perf.ipc")!.Value, 5);
        Assert.Equal(4 * 0.5, bench.Value(Name, "perf.task_clock")!.Value, 5);
        Assert.Equal(4e9, bench.Value(Name, "perf.frequency")!.Value, 1e3);
        Assert.Equal(10, bench.Value(Name, "perf.cache_mpki")!.Value, 4);
        Assert.Equal(4, _perf.Targets.Count(target => target.Cgroup));
    }

    [Fact]
    public void A_multiplexed_counter_is_scaled_up_and_a_starved_one_is_missing()
    {
        _perf.PerSecond = Counts;
        var bench = Bench();
        Pass(bench, runningRatio: 0.25);
        Assert.Equal(4 * 2e9, bench.Value(Name, "perf.cycles")!.Value, 1e3);

        Pass(bench, runningRatio: 0.01);
        Assert.Null(bench.Value(Name, "perf.cycles"));
        Assert.Null(bench.Value(Name, "perf.ipc"));

        Pass(bench);
        Assert.Equal(4 * 2e9, bench.Value(Name, "perf.cycles")!.Value, 1e3);
    }

    [Fact]
    public void What_the_machine_does_not_count_is_missing()
    {
        _perf.Refuse = (attribute, _) => attribute.Type == PerfEvent.SoftwareType ? null : NoSuchEntry;
        _perf.PerSecond = Counts;
        var bench = Bench();
        Pass(bench);

        Assert.Equal(4 * 0.5, bench.Value(Name, "perf.task_clock")!.Value, 5);
        Assert.Null(bench.Value(Name, "perf.cycles"));
        Assert.Null(bench.Value(Name, "perf.ipc"));
        Assert.Null(bench.Value(Name, "topdown.retiring"));
        Assert.Empty(bench.Problems);
    }

    [Fact]
    public void A_refused_cgroup_is_counted_by_its_threads()
    {
        _machine.Process(100, "db", threads: [(100, 0, 1, 0, 0), (101, 0, 1, 0, 0)]);
        _perf.Refuse = (_, cgroup) => cgroup ? PerfErrors.AccessDenied : null;
        _perf.PerSecond = Counts;
        var bench = Bench();
        Pass(bench);

        Assert.Equal([100, 101], _perf.Targets.Select(target => target.Target).Order());
        Assert.Equal(2 * 2e9, bench.Value(Name, "perf.cycles")!.Value, 1e3);
    }

    [Fact]
    public void A_child_of_a_counted_process_is_not_counted_again()
    {
        _machine.Process(100, "db", threads: (100, 0, 1, 0, 0));
        _perf.Refuse = (_, cgroup) => cgroup ? PerfErrors.AccessDenied : null;
        var bench = Bench();
        Pass(bench);
        _machine.Process(150, "db", parent: 100);
        _machine.Process(160, "db", parent: 1);
        _machine.V2Cgroup(Unit, 0, 100, 150, 160);
        for (var i = 0; i < 7; i++)
        {
            Pass(bench);
        }

        Assert.Equal([100, 160], _perf.Targets.Select(target => target.Target).Order());
    }

    [Fact]
    public void Descriptors_are_bounded_and_go_to_the_busiest()
    {
        for (var i = 0; i < 30; i++)
        {
            _machine.V2Cgroup($"/system.slice/u{i:00}.service", 0, 200 + i);
        }

        var bench = new WorkloadBench(_machine.Root, new WorkloadOptions { BusiestPrograms = 0, MaxPerfDescriptors = 200 }, _perf);
        for (var second = 1; second < 8; second++)
        {
            _machine.V2Cgroup("/system.slice/u17.service", 800_000 * second, 217);
            Pass(bench);
            Assert.InRange(_perf.OpenCount, 0, 200);
        }

        Assert.NotNull(bench.Value("u17.service", "perf.task_clock"));
        Assert.Equal(2, Enumerable.Range(0, 30).Count(i => bench.Value($"u{i:00}.service", "perf.task_clock") is not null) + (bench.Value(Name, "perf.task_clock") is null ? 0 : 1));
    }

    [Fact]
    public void Counters_of_a_workload_that_has_gone_are_closed()
    {
        var bench = Bench();
        Pass(bench);
        Assert.True(_perf.OpenCount > 0);

        _machine.Delete($"/sys/fs/cgroup{Unit}");
        for (var i = 0; i < 7; i++)
        {
            Pass(bench);
        }

        Assert.Equal(0, _perf.OpenCount);
    }

    [Fact]
    public void Top_down_of_new_cores_has_two_levels()
    {
        Pmu(("slots", "event=0x00,umask=0x4"), ("topdown-retiring", "event=0x00,umask=0x80"), ("topdown-bad-spec", "event=0x00,umask=0x81"), ("topdown-fe-bound", "event=0x00,umask=0x82"), ("topdown-be-bound", "event=0x00,umask=0x83"), ("topdown-heavy-ops", "event=0x00,umask=0x84"), ("topdown-br-mispredict", "event=0x00,umask=0x85"), ("topdown-fetch-lat", "event=0x00,umask=0x86"), ("topdown-mem-bound", "event=0x00,umask=0x87"));
        _perf.PerSecond = attribute => attribute.Type != 4 ? 0UL : (attribute.Config >> 8) switch { 0x4 => 1000UL, 0x80 => 400, 0x81 => 100, 0x82 => 200, 0x83 => 300, 0x84 => 100, 0x85 => 70, 0x86 => 150, 0x87 => 180, _ => 0 };
        var bench = Bench();
        Pass(bench);

        var expected = new Dictionary<string, double>
        {
            ["retiring"] = 0.4, ["bad_speculation"] = 0.1, ["frontend_bound"] = 0.2, ["backend_bound"] = 0.3,
            ["heavy_operations"] = 0.1, ["light_operations"] = 0.3, ["branch_mispredicts"] = 0.07, ["machine_clears"] = 0.03,
            ["fetch_latency"] = 0.15, ["fetch_bandwidth"] = 0.05, ["memory_bound"] = 0.18, ["core_bound"] = 0.12,
        };
        Assert.All(expected, share => Assert.Equal(share.Value, bench.Value(Name, $"topdown.{share.Key}")!.Value, 5));
    }

    [Fact]
    public void Top_down_of_older_cores_has_one_level()
    {
        Pmu(("topdown-total-slots", "event=0x3c,umask=0x0"), ("topdown-slots-issued", "event=0xe,umask=0x1"), ("topdown-slots-retired", "event=0xc2,umask=0x2"), ("topdown-fetch-bubbles", "event=0x9c,umask=0x1"), ("topdown-recovery-bubbles", "event=0xd,umask=0x3"));
        _machine.Write("/sys/bus/event_source/devices/cpu/events/topdown-total-slots.scale", "4\n");
        _machine.Write("/sys/bus/event_source/devices/cpu/events/topdown-recovery-bubbles.scale", "4\n");
        _perf.PerSecond = attribute => attribute.Type != 4 ? 0UL : (attribute.Config & 0xff) switch { 0x3c => 250UL, 0xe => 600, 0xc2 => 500, 0x9c => 200, 0xd => 10, _ => 0 };
        var bench = Bench();
        Pass(bench);

        Assert.Equal(0.5, bench.Value(Name, "topdown.retiring")!.Value, 5);
        Assert.Equal(0.2, bench.Value(Name, "topdown.frontend_bound")!.Value, 5);
        Assert.Equal(0.14, bench.Value(Name, "topdown.bad_speculation")!.Value, 5);
        Assert.Equal(0.16, bench.Value(Name, "topdown.backend_bound")!.Value, 5);
        Assert.Null(bench.Value(Name, "topdown.memory_bound"));
    }

    [Fact]
    public void Terms_of_an_event_go_where_the_format_says()
    {
        Span<ulong> words = stackalloc ulong[3];

        Assert.True(PmuDevice.TryPlace("config:8-15", 0x80, words));
        Assert.True(PmuDevice.TryPlace("config:0-7,32-35", 0x1c2, words));
        Assert.True(PmuDevice.TryPlace("config1:0-63", ulong.MaxValue, words));
        Assert.Equal([0x1_0000_80c2, ulong.MaxValue, 0], words.ToArray());
        Assert.False(PmuDevice.TryPlace("config:0-7", 0x100, words));
        Assert.False(PmuDevice.TryPlace("config9:0-7", 1, words));
        Assert.False(PmuDevice.TryPlace("config:9-2", 1, words));
    }

    private static ulong Counts(PerfEventAttribute attribute) => (attribute.Type, attribute.Config) switch
    {
        (PerfEvent.HardwareType, 0) => 2_000_000_000,
        (PerfEvent.HardwareType, 1) => 3_000_000_000,
        (PerfEvent.HardwareType, 3) => 30_000_000,
        (PerfEvent.SoftwareType, 1) => 500_000_000,
        _ => 0,
    };

    private WorkloadBench Bench()
    {
        var bench = new WorkloadBench(_machine.Root, perf: _perf);
        bench.Tick();
        return bench;
    }

    private void Pass(WorkloadBench bench, double runningRatio = 1)
    {
        _perf.Pass(1, runningRatio);
        bench.Tick();
    }

    private void Pmu(params (string Name, string Terms)[] events)
    {
        const string Folder = "/sys/bus/event_source/devices/cpu";
        _machine.Write($"{Folder}/type", "4\n");
        _machine.Write($"{Folder}/format/event", "config:0-7\n");
        _machine.Write($"{Folder}/format/umask", "config:8-15\n");
        foreach (var (name, terms) in events)
        {
            _machine.Write($"{Folder}/events/{name}", $"{terms}\n");
        }
    }
}
