namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Podman: <c>/machine.slice/libpod-ID.scope</c>, <c>/libpod_parent/libpod-ID</c>; its <c>libpod-conmon-ID</c> is the monitor, no workload.</summary>
internal sealed class PodmanPattern : ICgroupPattern
{
    public string Name => "podman";

    public WorkloadIdentity? Match(CgroupPath path) =>
        path.ContainerIdAfter("libpod") is { } id ? ContainerIdentity.Create(Name, id, path) : null;
}
