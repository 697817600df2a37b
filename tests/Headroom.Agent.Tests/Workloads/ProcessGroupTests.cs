using Headroom.Agent.Workloads;

namespace Headroom.Agent.Tests.Workloads;

public sealed class ProcessGroupTests : IDisposable
{
    private readonly MachineTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_group_takes_its_members_by_command_executable_or_arguments_and_their_children()
    {
        _machine.Process(10, "postgres", commandLine: "/usr/lib/postgres -D /data");
        _machine.Process(11, "walwriter", parent: 10);
        _machine.Process(20, "java", commandLine: "java -jar search.jar");
        _machine.Process(30, "bash");
        _machine.Link("/proc/30/exe", "/opt/tools/bash");
        _machine.Process(40, "cron");
        var bench = Bench(("db", "^postgres$"), ("search", @"search\.jar"), ("tools", "^/opt/tools/"));
        bench.Tick();

        Assert.Equal(["db", "search", "tools"], bench.Workloads.Select(workload => workload.Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, bench.Value("db", "container.process.count"));
        Assert.Equal(1, bench.Value("search", "container.process.count"));
        Assert.Equal("process-group", bench.Workloads[0].Attributes["workload.type"]);
    }

    [Fact]
    public void Cpu_time_is_summed_and_survives_the_end_of_a_member()
    {
        _machine.Process(10, "web", userTicks: 100);
        _machine.Process(11, "web", userTicks: 50_000);
        var bench = Bench(("web", "^web$"));
        bench.Tick();
        _machine.Process(10, "web", userTicks: 125);
        _machine.Process(11, "web", userTicks: 50_050);
        bench.Tick();
        Assert.Equal(0.75, bench.Value("web", "container.cpu.usage"));

        _machine.Delete("/proc/11");
        _machine.Process(10, "web", userTicks: 150);
        bench.Tick();
        Assert.Equal(0.25, bench.Value("web", "container.cpu.usage"));
    }

    [Fact]
    public void Shared_memory_is_counted_once()
    {
        foreach (var pid in new[] { 10, 11 })
        {
            _machine.Process(pid, "db");
            _machine.Write($"/proc/{pid}/smaps_rollup", "55d0-7ffc ---p 00000000 00:00 0  [rollup]\nRss:                2000 kB\nPss:                1100 kB\nPss_Dirty:           100 kB\nSwap:                 8 kB\nSwapPss:              4 kB\nLocked:                0 kB\n");
        }

        var bench = Bench(("db", "^db$"));
        bench.Tick();

        Assert.Equal(2 * 1100 * 1024, bench.Value("db", "container.memory.usage"));
        Assert.Equal(2 * 4 * 1024, bench.Value("db", "container.memory.swap"));
        Assert.Equal(2.0 * 300 * Environment.SystemPageSize, bench.Value("db", "container.memory.rss"));
        Assert.Null(bench.Value("db", "container.memory.working_set"));
    }

    [Fact]
    public void Without_cgroups_or_settings_the_busiest_programs_count()
    {
        for (var pid = 10; pid < 30; pid++)
        {
            _machine.Process(pid, $"p{pid}");
        }

        var bench = new WorkloadBench(_machine.Root, new WorkloadOptions { BusiestPrograms = 2 });
        bench.Tick();
        _machine.Process(12, "p12", userTicks: 500);
        _machine.Process(17, "p17", userTicks: 900);
        _machine.Process(19, "p19", userTicks: 100);
        bench.Tick();

        Assert.Equal(["p12", "p17"], bench.Workloads.Select(workload => workload.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_expression_that_never_ends_is_cut_off()
    {
        _machine.Process(10, "aaaaaaaaaaaaaaaa", commandLine: new string('a', 4000) + "!");
        var bench = Bench(("slow", "^(a+)+$"));
        bench.Tick();

        Assert.Empty(bench.Problems);
    }

    private WorkloadBench Bench(params (string Name, string Expression)[] groups) =>
        new(_machine.Root, new WorkloadOptions { BusiestPrograms = 0, ProcessGroups = groups.ToDictionary(group => group.Name, group => group.Expression) });
}
