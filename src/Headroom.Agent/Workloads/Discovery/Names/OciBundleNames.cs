using System.Text.Json;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>
/// The <c>config.json</c> of a container's OCI bundle, in which containerd's and CRI-O's Kubernetes sides write the pod as
/// annotations: containerd below <c>/run/containerd</c>, CRI-O below <c>/run/containers</c> or <c>/var/lib/containers</c>.
/// </summary>
internal sealed class OciBundleNames(KernelFiles files) : IContainerNames
{
    private static readonly string[] Bundles =
    [
        "/run/containerd/io.containerd.runtime.v2.task/k8s.io/{0}/config.json",
        "/run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/{0}/config.json",
        "/run/containerd/io.containerd.runtime.v2.task/default/{0}/config.json",
        "/run/containers/storage/overlay-containers/{0}/userdata/config.json",
        "/var/lib/containers/storage/overlay-containers/{0}/userdata/config.json",
    ];

    public ContainerName? Find(string containerId, string? podUid)
    {
        foreach (var bundle in Bundles)
        {
            using var document = JsonText.Read(files, bundle.Replace("{0}", containerId, StringComparison.Ordinal));
            if (document is not null && Read(document.RootElement) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    private static ContainerName? Read(JsonElement root)
    {
        if (First(root, "io.kubernetes.cri.sandbox-name", "io.kubernetes.pod.name") is { } pod
            && First(root, "io.kubernetes.cri.sandbox-namespace", "io.kubernetes.pod.namespace") is { } @namespace)
        {
            return ContainerName.OfPod(
                @namespace,
                pod,
                First(root, "io.kubernetes.cri.container-name", "io.kubernetes.container.name"),
                First(root, "io.kubernetes.cri.image-name", "io.kubernetes.cri-o.ImageName"),
                First(root, "io.kubernetes.cri.container-type", "io.kubernetes.cri-o.ContainerType") == "sandbox");
        }

        return First(root, "nerdctl/name") is { } name
            ? new ContainerName(name, new Dictionary<string, string> { ["container.name"] = name })
            : null;
    }

    private static string? First(JsonElement root, params ReadOnlySpan<string> annotations)
    {
        foreach (var annotation in annotations)
        {
            if (JsonText.Text(root, "annotations", annotation) is { } text)
            {
                return text;
            }
        }

        return null;
    }
}
