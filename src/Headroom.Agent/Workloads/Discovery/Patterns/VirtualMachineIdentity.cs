namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>A virtual machine, known by its name.</summary>
internal static class VirtualMachineIdentity
{
    public const string NameAttribute = "vm.name";

    public static WorkloadIdentity Create(string name, string path, string by) => WorkloadIdentity.OfCgroup(
        WorkloadType.VirtualMachine,
        Key(name),
        name,
        path,
        (NameAttribute, name),
        ("vm.manager", by));

    /// <summary>Identity of a machine, the same whether a cgroup or a process told of it.</summary>
    public static string Key(string name) => $"vm/{name}";
}
