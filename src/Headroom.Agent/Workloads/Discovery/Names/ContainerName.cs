namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>What a runtime's files say about a container.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Attributes">OpenTelemetry attributes.</param>
/// <param name="IsSandbox">Whether it only holds a pod's namespaces open and runs nothing.</param>
internal sealed record ContainerName(string Name, IReadOnlyDictionary<string, string> Attributes, bool IsSandbox = false)
{
    /// <summary>The name of a container of a pod.</summary>
    public static ContainerName OfPod(string @namespace, string pod, string? container, string? image = null, bool isSandbox = false)
    {
        var attributes = new Dictionary<string, string> { ["k8s.namespace.name"] = @namespace, ["k8s.pod.name"] = pod };
        if (container is not null)
        {
            attributes["k8s.container.name"] = container;
            attributes["container.name"] = container;
        }

        if (image is not null)
        {
            attributes["container.image.name"] = image;
        }

        return new ContainerName(container is null ? $"{@namespace}/{pod}" : $"{@namespace}/{pod}/{container}", attributes, isSandbox);
    }
}

/// <summary>Finds the names of containers in files that a runtime keeps on disk: the agent talks to no daemon.</summary>
internal interface IContainerNames
{
    /// <summary>What is known of a container, or null when these files do not tell.</summary>
    ContainerName? Find(string containerId, string? podUid);
}
