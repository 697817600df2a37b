using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>
/// The kubelet's folders <c>/var/log/pods/NAMESPACE_POD_UID/CONTAINER</c>. They do not hold container ids, so the container is
/// known only when the pod has one.
/// </summary>
internal sealed class PodLogNames(IFileSystem system) : IContainerNames
{
    private const string Root = "/var/log/pods";

    private readonly List<string> _names = [];

    public ContainerName? Find(string containerId, string? podUid)
    {
        if (podUid is null)
        {
            return null;
        }

        _names.Clear();
        system.ListFolders(Root, _names);
        var folder = _names.Find(name => name.EndsWith($"_{podUid}", StringComparison.Ordinal));
        var parts = folder?.Split('_');
        if (parts?.Length != 3)
        {
            return null;
        }

        _names.Clear();
        system.ListFolders($"{Root}/{folder}", _names);
        return ContainerName.OfPod(parts[0], parts[1], _names.Count == 1 ? _names[0] : null);
    }
}
