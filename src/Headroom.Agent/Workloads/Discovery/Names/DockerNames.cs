using System.Text.Json;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>Docker: <c>/var/lib/docker/containers/ID/config.v2.json</c>.</summary>
internal sealed class DockerNames(KernelFiles files) : IContainerNames
{
    public ContainerName? Find(string containerId, string? podUid)
    {
        using var document = JsonText.Read(files, $"/var/lib/docker/containers/{containerId}/config.v2.json");
        if (document is null || JsonText.Text(document.RootElement, "Name") is not { } name)
        {
            return null;
        }

        var image = JsonText.Text(document.RootElement, "Config", "Image");
        return OfKubernetes(document.RootElement, image) ?? OfDocker(document.RootElement, name.TrimStart('/'), image);
    }

    private static ContainerName? OfKubernetes(JsonElement root, string? image)
    {
        var pod = Label(root, "io.kubernetes.pod.name");
        var @namespace = Label(root, "io.kubernetes.pod.namespace");
        return pod is null || @namespace is null
            ? null
            : ContainerName.OfPod(@namespace, pod, Label(root, "io.kubernetes.container.name"), image, Label(root, "io.kubernetes.docker.type") == "podsandbox");
    }

    private static ContainerName OfDocker(JsonElement root, string name, string? image)
    {
        var attributes = new Dictionary<string, string> { ["container.name"] = name };
        Add("container.image.name", image);
        Add("container.label.com.docker.compose.project", Label(root, "com.docker.compose.project"));
        Add("container.label.com.docker.compose.service", Label(root, "com.docker.compose.service"));
        return new ContainerName(name, attributes);

        void Add(string attribute, string? value)
        {
            if (value is not null)
            {
                attributes[attribute] = value;
            }
        }
    }

    private static string? Label(JsonElement root, string label) => JsonText.Text(root, "Config", "Labels", label);
}
