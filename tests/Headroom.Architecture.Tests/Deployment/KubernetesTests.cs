using YamlDotNet.RepresentationModel;

namespace Headroom.Architecture.Tests.Deployment;

public sealed class KubernetesTests
{
    private const string Folder = "docs/deployment/kubernetes";

    private static readonly IReadOnlyList<YamlMappingNode> Objects =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.yaml").Order(StringComparer.Ordinal).SelectMany(Yaml.Read)];

    private static readonly IReadOnlyList<YamlMappingNode> Workloads = [.. Objects.Where(item => item.At("spec", "template", "spec") is not null)];

    [Fact]
    public void Everything_lives_in_the_namespace_headroom() =>
        Assert.All(Objects.Where(item => item.At("kind").Text() != "Namespace"), item => Assert.Equal("headroom", item.At("metadata", "namespace").Text()));

    [Fact]
    public void The_agent_runs_on_every_node_and_reads_the_host_without_writing_to_it()
    {
        var agent = Assert.Single(Workloads, item => item.At("kind").Text() == "DaemonSet").At("spec", "template", "spec");
        Assert.Equal("Exists", agent.At("tolerations").Items().Single().At("operator").Text());
        var container = agent.At("containers").Items().Single();
        Assert.All(container.At("volumeMounts").Items().Where(mount => mount.At("mountPath").Text().StartsWith("/host", StringComparison.Ordinal)),
            mount => Assert.Equal("true", mount.At("readOnly").Text()));
        Assert.Contains("--if-needed", agent.At("initContainers").Items().Single().At("command").Items().Select(item => item.Text()));
    }

    [Fact]
    public void Every_container_gives_up_privileges_and_only_agents_are_root()
    {
        foreach (var item in Workloads)
        {
            var pod = item.At("spec", "template", "spec");
            foreach (var container in pod.At("containers").Items().Concat(pod.At("initContainers").Items()))
            {
                Assert.Equal("false", container.At("securityContext", "allowPrivilegeEscalation").Text());
                Assert.Contains("ALL", container.At("securityContext", "capabilities", "drop").Items().Select(right => right.Text()));
            }

            Assert.True(item.At("kind").Text() == "DaemonSet" || pod.At("securityContext", "runAsNonRoot").Text() == "true", $"{item.At("metadata", "name").Text()} may run as root");
        }
    }

    [Fact]
    public void Mounts_name_volumes_that_the_pod_has_and_services_find_their_pods()
    {
        foreach (var item in Workloads)
        {
            var pod = item.At("spec", "template", "spec");
            var volumes = pod.At("volumes").Items().Concat(item.At("spec", "volumeClaimTemplates").Items().Select(claim => claim.At("metadata")!)).Select(volume => volume.At("name").Text()).ToHashSet();
            Assert.Subset(volumes, pod.At("containers").Items().SelectMany(container => container.At("volumeMounts").Items()).Select(mount => mount.At("name").Text()).ToHashSet());
        }

        var labels = Workloads.Select(item => item.At("spec", "template", "metadata", "labels", "app").Text()).ToHashSet();
        Assert.All(Objects.Where(item => item.At("kind").Text() == "Service"), service => Assert.Contains(service.At("spec", "selector", "app").Text(), labels));
    }
}
