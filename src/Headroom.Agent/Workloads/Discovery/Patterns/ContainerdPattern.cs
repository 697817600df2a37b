namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>containerd without Kubernetes: <c>/NAMESPACE/ID</c>, <c>nerdctl-ID.scope</c>, <c>cri-containerd-ID.scope</c>, <c>SLICE:nerdctl:ID</c>.</summary>
internal sealed class ContainerdPattern : ICgroupPattern
{
    public string Name => "containerd";

    public WorkloadIdentity? Match(CgroupPath path)
    {
        var id = path.ContainerIdAfter("nerdctl") ?? path.ContainerIdAfter("cri-containerd") ?? AfterColons(path.Leaf)
            ?? (path.Segments.Length == 2 ? path.BareContainerId : null);
        return id is null ? null : ContainerIdentity.Create(Name, id, path);
    }

    /// <summary>With the cgroupfs driver on a systemd path, containerd writes <c>system.slice:nerdctl:ID</c> as one name.</summary>
    private static string? AfterColons(string leaf)
    {
        var id = leaf[(leaf.LastIndexOf(':') + 1)..];
        return id.Length < leaf.Length && CgroupPath.IsContainerId(id) ? id : null;
    }
}
