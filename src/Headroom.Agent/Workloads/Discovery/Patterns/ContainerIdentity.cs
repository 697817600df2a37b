namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>A container that so far is known by its id only.</summary>
internal static class ContainerIdentity
{
    private const int ShortIdLength = 12;

    public static WorkloadIdentity Create(string runtime, string id, CgroupPath path, params (string Name, string Value)[] attributes) =>
        WorkloadIdentity.OfCgroup(
            WorkloadType.Container,
            id,
            id[..Math.Min(id.Length, ShortIdLength)],
            path.Text,
            [(WorkloadIdentity.ContainerIdAttribute, id), (WorkloadIdentity.RuntimeAttribute, runtime), .. attributes]);
}
