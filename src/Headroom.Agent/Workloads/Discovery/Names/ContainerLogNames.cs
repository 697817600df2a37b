using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>The kubelet's links <c>/var/log/containers/POD_NAMESPACE_CONTAINER-ID.log</c>, which every runtime gets.</summary>
internal sealed class ContainerLogNames(IFileSystem system) : IContainerNames
{
    private readonly List<string> _names = [];

    public ContainerName? Find(string containerId, string? podUid)
    {
        if (podUid is null)
        {
            return null;
        }

        _names.Clear();
        system.List("/var/log/containers", _names);
        var ending = $"-{containerId}.log";
        var parts = _names.Find(name => name.EndsWith(ending, StringComparison.Ordinal))?[..^ending.Length].Split('_');
        return parts?.Length == 3 ? ContainerName.OfPod(parts[1], parts[0], parts[2]) : null;
    }
}
