using Headroom.Agent.Workloads;

namespace Headroom.Agent.Tests.Workloads;

public sealed class ThreadReaderTests : IDisposable
{
    private const string Unit = "/system.slice/db.service";
    private const string Name = "db.service";

    private readonly MachineTree _machine = MachineTree.WithV2();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Waits_and_switches_are_summed_over_threads()
    {
        _machine.V2Cgroup(Unit, 0, 100);
        _machine.Process(100, "db", threads: [(100, 1_000_000, 5, 10, 20), (101, 2_000_000, 6, 30, 40)]);
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();
        _machine.Process(100, "db", threads: [(100, 101_000_000, 7, 15, 22), (101, 302_000_000, 8, 40, 44)]);
        bench.Tick();

        Assert.Equal(0.4, bench.Value(Name, "container.cpu.run_queue.wait")!.Value, 6);
        Assert.Equal(15, bench.Value(Name, "process.context_switches.voluntary"));
        Assert.Equal(6, bench.Value(Name, "process.context_switches.involuntary"));
    }

    [Fact]
    public void A_thread_that_comes_or_goes_never_makes_a_rate_negative()
    {
        _machine.V2Cgroup(Unit, 0, 100, 200);
        _machine.Process(100, "db", threads: (100, 1_000, 5, 10, 20));
        _machine.Process(200, "db", threads: (200, 9_000_000_000, 5, 1000, 20));
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();
        _machine.Delete("/proc/200");
        _machine.V2Cgroup(Unit, 0, 100, 300);
        _machine.Process(100, "db", threads: (100, 1_000, 6, 13, 20));
        _machine.Process(300, "db", threads: (300, 5_000_000_000, 5, 7777, 20));
        bench.Tick();

        Assert.Equal(3, bench.Value(Name, "process.context_switches.voluntary"));
        Assert.Equal(0, bench.Value(Name, "container.cpu.run_queue.wait"));
    }

    [Fact]
    public void A_process_id_given_to_another_process_is_not_taken_for_the_first()
    {
        _machine.V2Cgroup(Unit, 0, 100);
        _machine.Process(100, "db", startTicks: 1000, threads: (100, 1_000, 5, 10, 20));
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();

        // The folder of a process that ended is another one than that of its successor.
        _machine.Delete("/proc/100");
        _machine.Process(100, "db", startTicks: 9000, threads: (100, 500_000_000_000, 5_000, 90_000, 20));
        for (var i = 0; i < 7; i++)
        {
            bench.Tick();
            Assert.InRange(bench.Value(Name, "container.cpu.run_queue.wait") ?? 0, 0, 0);
            Assert.InRange(bench.Value(Name, "process.context_switches.voluntary") ?? 0, 0, 0);
        }
    }

    [Fact]
    public void A_workload_with_thousands_of_processes_is_counted_but_not_followed()
    {
        _machine.V2Cgroup(Unit, 0, [.. Enumerable.Range(1000, 5000)]);
        var bench = new WorkloadBench(_machine.Root, new WorkloadOptions { BusiestPrograms = 0, MaxProcessesPerWorkload = 50 });
        bench.Tick();
        bench.Tick();

        Assert.Equal(5000, bench.Value(Name, "container.process.count"));
        Assert.Null(bench.Value(Name, "container.cpu.run_queue.wait"));
        Assert.NotNull(bench.Value(Name, "container.cpu.usage"));
    }

    [Fact]
    public void Workloads_take_turns_when_the_budget_is_short()
    {
        for (var unit = 0; unit < 4; unit++)
        {
            _machine.V2Cgroup($"/system.slice/u{unit}.service", 0, 100 + unit);
            _machine.Process(100 + unit, "db", threads: (100 + unit, 0, 1, 0, 0));
        }

        var bench = new WorkloadBench(_machine.Root, new WorkloadOptions { BusiestPrograms = 0, MaxThreadsPerTick = 2 });
        var seen = new Dictionary<string, int>();
        for (var tick = 0; tick < 13; tick++)
        {
            bench.Tick();
            var read = Enumerable.Range(0, 4).Select(unit => $"u{unit}.service").Where(name => bench.Value(name, "container.cpu.run_queue.wait") is not null).ToList();
            Assert.True(read.Count <= 2);
            read.ForEach(name => seen[name] = seen.GetValueOrDefault(name) + 1);
        }

        Assert.Equal(4, seen.Count);
        Assert.All(seen.Values, count => Assert.True(count >= 3));
    }

    [Fact]
    public void A_virtual_machine_shows_the_waits_of_its_virtual_cpus()
    {
        const string Scope = @"/machine.slice/machine-qemu\x2d1\x2dweb.scope";
        _machine.V2Cgroup(Scope, 0, 500);
        Write(0);
        _machine.Write("/proc/500/task/501/comm", "CPU 0/KVM\n");
        _machine.Write("/proc/500/task/502/comm", "CPU 1/KVM\n");
        _machine.Write("/proc/500/task/500/comm", "qemu-system-x86\n");
        _machine.Write("/proc/500/fdinfo/9", "pos:\t0\nflags:\t0104002\niff:\tvnet3\n");
        Taps(0);
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();
        Write(1);
        Taps(1000);
        bench.Tick();

        Assert.Equal(2, bench.Value("web", "vm.vcpu.count"));
        Assert.Equal(0.2, bench.Value("web", "vm.vcpu.wait")!.Value, 6);
        Assert.Equal(0.3, bench.Value("web", "vm.vcpu.wait.max")!.Value, 6);
        Assert.Equal(0.9, bench.Value("web", "container.cpu.run_queue.wait")!.Value, 6);
        Assert.Equal(1000, bench.Value("web", "container.network.io.transmit"));
        Assert.Equal(2000, bench.Value("web", "container.network.io.receive"));
        var machine = Assert.Single(bench.Workloads);
        Assert.Equal("4f1d", machine.Attributes["vm.uuid"]);

        void Write(long second) => _machine.Process(
            500,
            "qemu-system-x86",
            commandLine: "/usr/bin/qemu-system-x86_64 -name guest=web,debug-threads=on -uuid 4f1d -smp 2",
            threads: [(500, 500_000_000 * second, 1 + second, 0, 0), (501, 100_000_000 * second, 1 + second, 0, 0), (502, 300_000_000 * second, 1 + second, 0, 0)]);

        void Taps(long bytes)
        {
            foreach (var (file, value) in new[] { ("rx_bytes", bytes), ("tx_bytes", 2 * bytes), ("rx_packets", 1L), ("tx_packets", 1), ("rx_dropped", 0), ("tx_dropped", 0) })
            {
                _machine.Write($"/sys/class/net/vnet3/statistics/{file}", $"{value}\n");
            }
        }
    }

    [Fact]
    public void A_machine_without_a_cgroup_of_its_own_is_found_by_its_process()
    {
        _machine.Process(500, "qemu-system-x86", commandLine: "/usr/bin/qemu-system-x86_64 -name web -m 512");
        _machine.Link("/proc/500/exe", "/usr/bin/qemu-system-x86_64");
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();

        var machine = Assert.Single(bench.Workloads);
        Assert.Equal("vm/web", machine.Key);
        Assert.Equal("vm", machine.Attributes["workload.type"]);
    }

    [Fact]
    public void Traffic_is_told_for_a_namespace_of_its_own_only()
    {
        _machine.V2Cgroup(Unit, 0, 100);
        _machine.Process(100, "db", network: "net:[4026532999]");
        _machine.V2Cgroup("/system.slice/shared.service", 0, 200);
        _machine.Process(200, "web");
        Traffic(100, 0);
        Traffic(200, 0);
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();
        Traffic(100, 100);
        Traffic(200, 100);
        bench.Tick();

        Assert.Equal(100, bench.Value(Name, "container.network.io.receive"));
        Assert.Equal(300, bench.Value(Name, "container.network.io.transmit"));
        Assert.Equal(2, bench.Value(Name, "container.network.dropped.transmit"));
        Assert.Equal(5, bench.Value(Name, "container.network.tcp.retransmits"));
        Assert.Null(bench.Value("shared.service", "container.network.io.receive"));

        void Traffic(int pid, long bytes)
        {
            _machine.Write($"/proc/{pid}/net/dev", $"Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n    lo: {9 * bytes}      29    0    0    0     0          0         0     3193      29    0    0    0     0       0          0\n  eth0: {bytes}   {bytes / 10}    0    0    0     0          0         0  {3 * bytes}   {bytes / 5}    0    {bytes / 50}    0     0       0          0\n");
            _machine.Write($"/proc/{pid}/net/snmp", $"Ip: Forwarding DefaultTTL\nIp: 2 64\nTcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors\nTcp: 1 200 120000 -1 69 2 0 4 0 21015 14107 {bytes / 20} 0 82 0\n");
        }
    }
}
