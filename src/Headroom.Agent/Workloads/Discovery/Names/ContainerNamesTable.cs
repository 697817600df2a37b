using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Discovery.Names;

/// <summary>Every place where names of containers are found, those that say most first.</summary>
internal sealed class ContainerNamesTable(KernelFiles files)
{
    private readonly IContainerNames[] _sources =
    [
        new DockerNames(files),
        new OciBundleNames(files),
        new StorageNames(files),
        new ContainerLogNames(files.System),
        new PodLogNames(files.System),
    ];

    /// <summary>What the first source that knows the container says, or null.</summary>
    public ContainerName? Find(string containerId, string? podUid)
    {
        foreach (var source in _sources)
        {
            if (source.Find(containerId, podUid) is { } name)
            {
                return name;
            }
        }

        return null;
    }
}
