namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>CRI-O outside Kubernetes' own slices: <c>/system.slice/crio-ID.scope</c>; <c>crio-conmon-ID</c> is the monitor, no workload.</summary>
internal sealed class CrioPattern : ICgroupPattern
{
    public string Name => "crio";

    public WorkloadIdentity? Match(CgroupPath path) =>
        path.ContainerIdAfter("crio") is { } id ? ContainerIdentity.Create(Name, id, path) : null;
}
