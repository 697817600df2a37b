namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Docker: <c>/docker/ID</c>, or <c>/system.slice/docker-ID.scope</c> with the systemd driver, below any parent.</summary>
internal sealed class DockerPattern : ICgroupPattern
{
    public string Name => "docker";

    public WorkloadIdentity? Match(CgroupPath path)
    {
        var id = path.Parent == "docker" ? path.BareContainerId : path.ContainerIdAfter("docker");
        return id is null ? null : ContainerIdentity.Create(Name, id, path);
    }
}
