using Headroom.Agent.Workloads;
using Headroom.Agent.Workloads.Discovery;
using Headroom.Agent.Workloads.Discovery.Patterns;

namespace Headroom.Agent.Tests.Workloads;

public sealed class CgroupPatternTests
{
    private const string Id = "3a6fce1b5c0f4d2e9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f";
    private const string Uid = "8a3f2b1c-4d5e-6f70-8192-a3b4c5d6e7f8";
    private const string EscapedUid = "8a3f2b1c_4d5e_6f70_8192_a3b4c5d6e7f8";

    [Theory]
    [InlineData($"/docker/{Id}", "docker")]
    [InlineData($"/system.slice/docker-{Id}.scope", "docker")]
    [InlineData($"/machine.slice/libpod-{Id}.scope", "podman")]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{Id}.scope", "podman")]
    [InlineData($"/libpod_parent/libpod-{Id}", "podman")]
    [InlineData($"/system.slice/crio-{Id}.scope", "crio")]
    [InlineData($"/default/{Id}", "containerd")]
    [InlineData($"/system.slice/nerdctl-{Id}.scope", "containerd")]
    [InlineData($"/system.slice:nerdctl:{Id}", "containerd")]
    [InlineData($"/kubepods/burstable/pod{Uid}/{Id}", "unknown")]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{EscapedUid}.slice/cri-containerd-{Id}.scope", "containerd")]
    [InlineData($"/kubepods.slice/kubepods-pod{EscapedUid}.slice/crio-{Id}.scope", "cri-o")]
    public void A_container_is_known_by_its_id_and_runtime(string path, string runtime)
    {
        var identity = Match(path);

        Assert.NotNull(identity);
        Assert.Equal(WorkloadType.Container, identity.Type);
        Assert.Equal(Id, identity.Key);
        Assert.Equal(Id, identity.Attributes["container.id"]);
        Assert.Equal(runtime, identity.Attributes["container.runtime"]);
    }

    [Theory]
    [InlineData($"/kubepods/burstable/pod{Uid}/{Id}", "Burstable")]
    [InlineData($"/kubepods/pod{Uid}/{Id}", "Guaranteed")]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{EscapedUid}.slice/cri-containerd-{Id}.scope", "BestEffort")]
    [InlineData($"/kubepods.slice/kubepods-pod{EscapedUid}.slice/crio-{Id}.scope", "Guaranteed")]
    [InlineData($"/docker/{Id}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod{EscapedUid}.slice/cri-containerd-{Id}.scope", "Burstable")]
    [InlineData($"/system.slice/containerd.service/kubepods-burstable-pod{EscapedUid}.slice:cri-containerd:{Id}", "Burstable")]
    public void A_container_of_a_pod_is_known_by_the_pods_uid_and_class(string path, string quality)
    {
        var identity = Match(path);

        Assert.NotNull(identity);
        Assert.Equal(Uid, identity.Attributes["k8s.pod.uid"]);
        Assert.Equal(quality, identity.Attributes["k8s.pod.qos_class"]);
    }

    [Fact]
    public void A_static_pod_has_a_uid_without_hyphens() =>
        Assert.Equal("0123456789abcdef0123456789abcdef", Match($"/kubepods/burstable/pod0123456789abcdef0123456789abcdef/{Id}")?.Attributes["k8s.pod.uid"]);

    [Theory]
    [InlineData(@"/machine.slice/machine-qemu\x2d12\x2dweb\x2dfront.scope", "web-front")]
    [InlineData("/machine/qemu-3-db.libvirt-qemu", "db")]
    [InlineData("/qemu.slice/100.scope", "100")]
    public void A_virtual_machine_is_known_by_its_name(string path, string name)
    {
        var identity = Match(path);

        Assert.NotNull(identity);
        Assert.Equal(WorkloadType.VirtualMachine, identity.Type);
        Assert.Equal($"vm/{name}", identity.Key);
        Assert.Equal(name, identity.Name);
    }

    [Theory]
    [InlineData("/system.slice/nginx.service", "nginx.service")]
    [InlineData("/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service")]
    [InlineData("/user.slice/user-1000.slice/session-3.scope", "session-3.scope")]
    [InlineData(@"/system.slice/dev\x2dhugepages.service", "dev-hugepages.service")]
    public void A_unit_is_known_by_its_path(string path, string name)
    {
        var identity = Match(path);

        Assert.NotNull(identity);
        Assert.Equal(WorkloadType.Unit, identity.Type);
        Assert.Equal(path, identity.Key);
        Assert.Equal(name, identity.Name);
    }

    [Theory]
    [InlineData("/lxc.payload.web", "web")]
    [InlineData("/lxc/101", "101")]
    [InlineData("/machine.slice/systemd-nspawn@builder.service", "builder")]
    [InlineData("/machine.slice/machine-builder.scope", "builder")]
    public void A_system_container_is_known_by_its_name(string path, string name)
    {
        Assert.Equal(WorkloadType.Container, Match(path)?.Type);
        Assert.Equal(name, Match(path)?.Name);
    }

    [Theory]
    [InlineData("/system.slice")]
    [InlineData("/init.scope")]
    [InlineData("/lxc.monitor.web")]
    [InlineData("/kubepods/burstable")]
    [InlineData($"/kubepods/burstable/pod{Uid}")]
    [InlineData("/machine.slice/libpod-conmon-abc.scope")]
    [InlineData($"/machine.slice/libpod-conmon-{Id}.slice")]
    [InlineData("/docker/buildkit")]
    [InlineData("/process_api/554791bf34cc3b1dfce4b9d1860b3828")]
    [InlineData(@"/machine.slice/machine-qemu\x2d12.slice")]
    public void What_only_holds_workloads_or_watches_them_is_none(string path) => Assert.Null(Match(path));

    [Fact]
    public void The_settings_can_name_cgroups()
    {
        var options = new WorkloadOptions { Cgroups = new Dictionary<string, string> { ["job"] = "^/batch/(?<name>[a-z]+)$" } };

        Assert.Equal("job-sort", Match("/batch/sort", options)?.Name);
        Assert.Null(Match("/batch/sort/step", options));
    }

    [Fact]
    public void A_pattern_can_be_switched_off()
    {
        Assert.Null(Match("/system.slice/nginx.service", new WorkloadOptions { DisabledPatterns = ["systemd"] }));
        var mistake = Assert.Throws<ArgumentException>(() => CgroupPatternTable.Create(new WorkloadOptions { DisabledPatterns = ["sytemd"] }));
        Assert.Contains("no pattern 'sytemd'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistaken_expression_is_named()
    {
        var options = new WorkloadOptions { ProcessGroups = new Dictionary<string, string> { ["db"] = "postgres(" } };

        Assert.StartsWith("workloads.processGroups.db: expected a regular expression, got 'postgres('", Assert.Single(options.Mistakes()), StringComparison.Ordinal);
    }

    private static WorkloadIdentity? Match(string path, WorkloadOptions? options = null) =>
        CgroupPatternTable.Create(options ?? new WorkloadOptions()).Select(pattern => pattern.Match(new CgroupPath(path))).FirstOrDefault(identity => identity is not null);
}
