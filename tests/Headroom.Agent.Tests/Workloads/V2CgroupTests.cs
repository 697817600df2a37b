using Headroom.Agent.Workloads;

namespace Headroom.Agent.Tests.Workloads;

public sealed class V2CgroupTests : IDisposable
{
    private const string Path = "/system.slice/db.service";
    private const string Folder = $"/sys/fs/cgroup{Path}";

    private readonly MachineTree _machine = MachineTree.WithV2();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Every_file_of_v2_is_read()
    {
        WriteAll(0);
        var bench = Bench();
        bench.Tick();
        WriteAll(1);
        bench.Tick();

        Assert.Equal(1.5, Value("container.cpu.usage"));
        Assert.Equal(1, Value("container.cpu.usage.user"));
        Assert.Equal(0.5, Value("container.cpu.usage.system"));
        Assert.Equal(2.5, Value("container.cpu.limit"));
        Assert.Equal(3, Value("container.cpu.cpuset"));
        Assert.Equal(200, Value("container.cpu.weight"));
        Assert.Equal(0.6f, (float)Value("container.cpu.utilization")!);
        Assert.Equal(4, Value("container.cpu.throttling.periods"));
        Assert.Equal(0.25, Value("container.cpu.throttling.time"));
        Assert.Equal(0.75, Value("container.cpu.pressure.some"));
        Assert.Equal(0.5, Value("container.cpu.pressure.full"));
        Assert.Equal(1_000_000, Value("container.memory.usage"));
        Assert.Equal(900_000, Value("container.memory.working_set"));
        Assert.Equal(400_000, Value("container.memory.rss"));
        Assert.Equal(500_000, Value("container.memory.file"));
        Assert.Equal(20_000, Value("container.memory.shmem"));
        Assert.Equal(30_000, Value("container.memory.kernel"));
        Assert.Equal(4096, Value("container.memory.swap"));
        Assert.Equal(2_000_000, Value("container.memory.limit"));
        Assert.Equal(90, Value("container.paging.faults.minor"));
        Assert.Equal(10, Value("container.paging.faults.major"));
        Assert.Equal(5, Value("container.memory.refaults.anon"));
        Assert.Equal(7, Value("container.memory.refaults.file"));
        Assert.Equal(3, Value("container.memory.events.high"));
        Assert.Equal(2, Value("container.memory.events.max"));
        Assert.Equal(1, Value("container.memory.events.oom_kill"));
        Assert.Equal(4096, Value("container.disk.io.read"));
        Assert.Equal(8192, Value("container.disk.io.write"));
        Assert.Equal(1, Value("container.disk.operations.read"));
        Assert.Equal(2, Value("container.disk.operations.write"));
        Assert.Equal(0.0015f, (float)Value("container.disk.latency")!);
        Assert.Equal(9, Value("container.thread.count"));
        Assert.Null(Value("container.thread.limit"));
        Assert.Empty(bench.Problems);

        double? Value(string metric) => bench.Value("db.service", metric);
    }

    [Fact]
    public void Rates_are_missing_at_the_first_reading_and_after_a_reset()
    {
        _machine.V2Cgroup(Path, 5_000_000);
        var bench = Bench();
        bench.Tick();
        Assert.Null(bench.Value("db.service", "container.cpu.usage"));

        _machine.V2Cgroup(Path, 1_000_000);
        bench.Tick();
        Assert.Null(bench.Value("db.service", "container.cpu.usage"));

        _machine.V2Cgroup(Path, 1_500_000);
        bench.Tick();
        Assert.Equal(0.5, bench.Value("db.service", "container.cpu.usage"));
    }

    [Fact]
    public void A_workload_that_vanishes_between_looks_has_no_values_and_is_forgotten_at_the_next()
    {
        _machine.V2Cgroup(Path, 1);
        var bench = Bench();
        Ticks(bench, 4);
        Assert.Equal(["db.service"], bench.Measured);

        _machine.Delete(Folder);
        Ticks(bench, (int)new WorkloadOptions().DiscoveryIntervalSeconds + 1);

        Assert.Empty(bench.Workloads);
        Assert.Empty(bench.Problems);
    }

    [Fact]
    public void A_new_workload_is_found_within_the_interval()
    {
        var bench = Bench();
        Ticks(bench, 4);
        Assert.Empty(bench.Workloads);

        _machine.V2Cgroup(Path, 1);
        Ticks(bench, (int)new WorkloadOptions().DiscoveryIntervalSeconds + 1);

        Assert.Equal(["db.service"], bench.Workloads.Select(workload => workload.Name));
    }

    [Fact]
    public void Devices_on_top_of_others_are_not_counted_twice()
    {
        _machine.V2Cgroup(Path, 1);
        _machine.Folder("/sys/dev/block/253:0/slaves/sda");
        _machine.Write($"{Folder}/io.stat", "8:0 rbytes=0 wbytes=0 rios=0 wios=0 dbytes=0 dios=0\n253:0 rbytes=0 wbytes=0 rios=0 wios=0 dbytes=0 dios=0\n");
        var bench = Bench();
        bench.Tick();
        _machine.Write($"{Folder}/io.stat", "8:0 rbytes=100 wbytes=0 rios=1 wios=0 dbytes=0 dios=0\n253:0 rbytes=100 wbytes=0 rios=1 wios=0 dbytes=0 dios=0\n");
        bench.Tick();

        Assert.Equal(100, bench.Value("db.service", "container.disk.io.read"));
    }

    [Fact]
    public void An_old_kernel_tells_kernel_memory_in_parts()
    {
        _machine.V2Cgroup(Path, 1);
        _machine.Write($"{Folder}/memory.current", "5000\n");
        _machine.Write($"{Folder}/memory.stat", "anon 1\nkernel_stack 100\npagetables 20\nslab 3\n");
        var bench = Bench();
        bench.Tick();

        Assert.Equal(123, bench.Value("db.service", "container.memory.kernel"));
    }

    [Fact]
    public void Garbage_leaves_values_missing_and_stops_nothing()
    {
        _machine.V2Cgroup(Path, 1);
        foreach (var file in new[] { "cpu.stat", "cpu.max", "cpu.weight", "cpuset.cpus.effective", "memory.current", "memory.stat", "io.stat", "cpu.pressure", "pids.current", "cgroup.procs" })
        {
            _machine.Write($"{Folder}/{file}", "\0\xff garbage = -1 18446744073709551616\n\n \n");
        }

        _machine.V2Cgroup("/system.slice/other.service", 1);
        var bench = Bench();
        Ticks(bench, 2);

        Assert.Empty(bench.Problems);
        Assert.Contains("other.service", bench.Measured);
        foreach (var metric in new[] { "container.cpu.usage", "container.cpu.limit", "container.cpu.weight", "container.cpu.cpuset", "container.memory.usage", "container.cpu.pressure.some", "container.thread.count" })
        {
            Assert.Null(bench.Value("db.service", metric));
        }
    }

    [Fact]
    public void Only_the_busiest_are_kept_when_there_are_too_many()
    {
        for (var i = 0; i < 20; i++)
        {
            _machine.V2Cgroup($"/system.slice/u{i:00}.service", i * 1000);
        }

        var bench = new WorkloadBench(_machine.Root, new() { BusiestPrograms = 0, MaxWorkloads = 3 });
        bench.Tick();

        Assert.Equal(["u17.service", "u18.service", "u19.service"], bench.Workloads.Select(workload => workload.Name).Order(StringComparer.Ordinal));
    }

    private WorkloadBench Bench() => new(_machine.Root);

    private static void Ticks(WorkloadBench bench, int count)
    {
        for (var i = 0; i < count; i++)
        {
            bench.Tick();
        }
    }

    private void WriteAll(long second)
    {
        _machine.Write($"{Folder}/cgroup.procs", "");
        _machine.Write($"{Folder}/cpu.stat", $"usage_usec {1_500_000 * second}\nuser_usec {1_000_000 * second}\nsystem_usec {500_000 * second}\nnr_periods {10 * second}\nnr_throttled {4 * second}\nthrottled_usec {250_000 * second}\n");
        _machine.Write($"{Folder}/cpu.max", "250000 100000\n");
        _machine.Write($"{Folder}/cpu.weight", "200\n");
        _machine.Write($"{Folder}/cpuset.cpus.effective", "0-1,3\n");
        _machine.Write($"{Folder}/cpu.pressure", $"some avg10=0.00 avg60=0.00 avg300=0.00 total={750_000 * second}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total={500_000 * second}\n");
        _machine.Write($"{Folder}/memory.current", "1000000\n");
        _machine.Write($"{Folder}/memory.max", "2000000\n");
        _machine.Write($"{Folder}/memory.swap.current", "4096\n");
        _machine.Write($"{Folder}/memory.stat", $"anon 400000\nfile 500000\nkernel 30000\nkernel_stack 1\nshmem 20000\ninactive_file 100000\nworkingset_refault_anon {5 * second}\nworkingset_refault_file {7 * second}\npgfault {100 * second}\npgmajfault {10 * second}\n");
        _machine.Write($"{Folder}/memory.events", $"low 0\nhigh {3 * second}\nmax {2 * second}\noom 1\noom_kill {second}\noom_group_kill 0\n");
        _machine.Write($"{Folder}/io.stat", $"8:0 rbytes={4096 * second} wbytes={8192 * second} rios={second} wios={2 * second} dbytes=0 dios=0 depth=4 avg_lat=1500 win=100\n");
        _machine.Write($"{Folder}/pids.current", "9\n");
        _machine.Write($"{Folder}/pids.max", "max\n");
    }
}
