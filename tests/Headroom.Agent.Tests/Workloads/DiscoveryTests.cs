namespace Headroom.Agent.Tests.Workloads;

public sealed class DiscoveryTests : IDisposable
{
    private const string Pod = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod8a3f2b1c_4d5e_6f70_8192_a3b4c5d6e7f8.slice";
    private static readonly string Api = new('a', 64);
    private static readonly string Sandbox = new('b', 64);

    private readonly MachineTree _machine = MachineTree.WithV2();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_pod_shows_its_containers_by_name_and_not_its_sandbox()
    {
        _machine.V2Cgroup($"{Pod}/cri-containerd-{Api}.scope", 0, 100);
        _machine.V2Cgroup($"{Pod}/cri-containerd-{Sandbox}.scope", 0, 90);
        _machine.Process(100, "api");
        _machine.Process(90, "pause");
        _machine.Link($"/var/log/containers/shop-7d9_prod_api-{Api}.log", "/x");
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();

        var workload = Assert.Single(bench.Workloads);
        Assert.Equal("prod/shop-7d9/api", workload.Name);
        Assert.Equal(Api, workload.Key);
        Assert.Equal("prod", workload.Attributes["k8s.namespace.name"]);
        Assert.Equal("Burstable", workload.Attributes["k8s.pod.qos_class"]);
    }

    [Fact]
    public void A_name_that_appears_later_is_taken_over()
    {
        _machine.V2Cgroup($"/docker/{Api}", 0);
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();
        Assert.Equal(Api[..12], Assert.Single(bench.Workloads).Name);

        _machine.Write($"/var/lib/docker/containers/{Api}/config.v2.json", """{"Name":"/web","Config":{"Image":"nginx"}}""");
        bench.Tick(6);

        Assert.Equal("web", Assert.Single(bench.Workloads).Name);
    }

    [Fact]
    public void Members_of_cgroups_below_count_too()
    {
        _machine.V2Cgroup("/user.slice/user-1000.slice/session-3.scope", 0, 10);
        _machine.V2Cgroup("/user.slice/user-1000.slice/session-3.scope/a", 0, 11, 12);
        _machine.V2Cgroup("/user.slice/user-1000.slice/session-3.scope/a/b", 0, 13);
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();

        Assert.Equal(4, bench.Value("session-3.scope", "container.process.count"));
    }

    [Fact]
    public void A_unit_that_is_restarted_is_measured_again()
    {
        const string Unit = "/system.slice/db.service";
        _machine.V2Cgroup(Unit, 5_000_000);
        var bench = new WorkloadBench(_machine.Root);
        bench.Tick();
        bench.Tick();
        Assert.NotNull(bench.Value("db.service", "container.cpu.usage"));

        _machine.Delete($"/sys/fs/cgroup{Unit}");
        _machine.V2Cgroup(Unit, 1_000);
        for (var i = 0; i < 8; i++)
        {
            bench.Tick();
            Assert.InRange(bench.Value("db.service", "container.cpu.usage") ?? 0, 0, 0);
        }
    }

    [Fact]
    public void More_cgroups_than_the_limit_are_left_out()
    {
        for (var i = 0; i < 50; i++)
        {
            _machine.V2Cgroup($"/system.slice/u{i}.service");
        }

        var bench = new WorkloadBench(_machine.Root, new() { BusiestPrograms = 0, MaxCgroups = 11 });
        bench.Tick();

        Assert.Equal(10, bench.Workloads.Count);
    }
}
