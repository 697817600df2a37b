namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>LXC, LXD and Incus: <c>/lxc.payload.NAME</c>, <c>/lxc.payload/NAME</c>, <c>/lxc/NAME</c>; <c>lxc.monitor</c> is the monitor, no workload.</summary>
internal sealed class LxcPattern : ICgroupPattern
{
    private const string Payload = "lxc.payload";

    public string Name => "lxc";

    public WorkloadIdentity? Match(CgroupPath path)
    {
        var name = path.Leaf.StartsWith(Payload + ".", StringComparison.Ordinal) ? path.Leaf[(Payload.Length + 1)..]
            : path.Segments.Length == 2 && path.Parent is Payload or "lxc" ? path.Leaf
            : null;
        return name is null ? null : WorkloadIdentity.OfCgroup(
            WorkloadType.Container,
            path.Text,
            name,
            path.Text,
            ("container.name", name),
            (WorkloadIdentity.RuntimeAttribute, Name));
    }
}
