using Headroom.Agent.Files;
using Headroom.Agent.Workloads.Discovery.Names;

namespace Headroom.Agent.Tests.Workloads;

public sealed class ContainerNamesTests : IDisposable
{
    private const string Uid = "8a3f2b1c-4d5e-6f70-8192-a3b4c5d6e7f8";
    private static readonly string Id = new('c', 64);

    private readonly MachineTree _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Docker_tells_name_image_and_compose_service()
    {
        _machine.Write($"/var/lib/docker/containers/{Id}/config.v2.json", """{"State":{"Running":true},"ID":"x","Name":"/shop-db-1","Config":{"Image":"postgres:16","Labels":{"com.docker.compose.project":"shop","com.docker.compose.service":"db"}}}""");

        var name = Find(null);

        Assert.Equal("shop-db-1", name?.Name);
        Assert.Equal("postgres:16", name?.Attributes["container.image.name"]);
        Assert.Equal("db", name?.Attributes["container.label.com.docker.compose.service"]);
    }

    [Fact]
    public void The_bundle_of_containerd_tells_the_pod()
    {
        _machine.Write($"/run/containerd/io.containerd.runtime.v2.task/k8s.io/{Id}/config.json", """{"ociVersion":"1.1.0","annotations":{"io.kubernetes.cri.container-type":"container","io.kubernetes.cri.container-name":"api","io.kubernetes.cri.sandbox-name":"shop-7d9","io.kubernetes.cri.sandbox-namespace":"prod","io.kubernetes.cri.image-name":"registry/shop:3"}}""");

        var name = Find(Uid);

        Assert.Equal("prod/shop-7d9/api", name?.Name);
        Assert.Equal("registry/shop:3", name?.Attributes["container.image.name"]);
        Assert.Equal("shop-7d9", name?.Attributes["k8s.pod.name"]);
        Assert.False(name?.IsSandbox);
    }

    [Fact]
    public void The_bundle_of_crio_tells_a_sandbox()
    {
        _machine.Write($"/run/containers/storage/overlay-containers/{Id}/userdata/config.json", """{"annotations":{"io.kubernetes.cri-o.ContainerType":"sandbox","io.kubernetes.pod.name":"shop","io.kubernetes.pod.namespace":"prod","io.kubernetes.container.name":"POD"}}""");

        Assert.True(Find(Uid)?.IsSandbox);
    }

    [Fact]
    public void Podmans_store_tells_name_and_image()
    {
        _machine.Write("/var/lib/containers/storage/overlay-containers/containers.json", $$"""[{"id":"other","names":["x"]},{"id":"{{Id}}","names":["web"],"image":"sha","metadata":"{\"image-name\":\"docker.io/library/nginx:latest\",\"name\":\"web\"}"}]""");

        Assert.Equal("web", Find(null)?.Name);
        Assert.Equal("docker.io/library/nginx:latest", Find(null)?.Attributes["container.image.name"]);
    }

    [Fact]
    public void The_kubelets_log_links_tell_the_pod()
    {
        _machine.Link($"/var/log/containers/shop-7d9_prod_api-{Id}.log", "/var/log/pods/x");

        Assert.Equal("prod/shop-7d9/api", Find(Uid)?.Name);
    }

    [Fact]
    public void The_kubelets_log_folders_tell_the_pod_and_an_only_container()
    {
        _machine.Folder($"/var/log/pods/prod_shop-7d9_{Uid}/api");
        Assert.Equal("prod/shop-7d9/api", Find(Uid)?.Name);

        _machine.Folder($"/var/log/pods/prod_shop-7d9_{Uid}/proxy");
        Assert.Equal("prod/shop-7d9", Find(Uid)?.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Name\":")]
    [InlineData("[]")]
    [InlineData("{\"Name\":5}")]
    public void A_broken_file_tells_nothing(string content)
    {
        _machine.Write($"/var/lib/docker/containers/{Id}/config.v2.json", content);

        Assert.Null(Find(null));
    }

    private ContainerName? Find(string? uid) => new ContainerNamesTable(new KernelFiles(new LinuxFileSystem(_machine.Root))).Find(Id, uid);
}
