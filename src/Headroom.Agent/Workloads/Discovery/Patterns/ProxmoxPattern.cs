namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Machines of Proxmox VE: <c>/qemu.slice/NUMBER.scope</c>.</summary>
internal sealed class ProxmoxPattern : ICgroupPattern
{
    public string Name => "proxmox";

    public WorkloadIdentity? Match(CgroupPath path) =>
        path.Parent == "qemu.slice" && path.Leaf.EndsWith(".scope", StringComparison.Ordinal) && path.Leaf.Length > 6
            ? VirtualMachineIdentity.Create(path.Leaf[..^6], path.Text, Name)
            : null;
}
