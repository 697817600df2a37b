namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>
/// Machines of libvirt: <c>/machine.slice/machine-qemu\x2d1\x2dweb.scope</c> on systemd hosts, <c>/machine/qemu-1-web.libvirt-qemu</c>
/// elsewhere. The number counts starts of the machine, so it is no part of its identity.
/// </summary>
internal sealed class LibvirtPattern : ICgroupPattern
{
    private const string ScopePrefix = "machine-qemu";
    private const string PlainSuffix = ".libvirt-qemu";

    public string Name => "libvirt";

    public WorkloadIdentity? Match(CgroupPath path)
    {
        var unescaped = SystemdName.Unescape(path.Leaf);
        var numbered = unescaped.StartsWith(ScopePrefix + "-", StringComparison.Ordinal) && unescaped.EndsWith(".scope", StringComparison.Ordinal)
                ? unescaped[(ScopePrefix.Length + 1)..^6]
            : unescaped.StartsWith("qemu-", StringComparison.Ordinal) && unescaped.EndsWith(PlainSuffix, StringComparison.Ordinal)
                ? unescaped[5..^PlainSuffix.Length]
            : null;
        if (numbered is null)
        {
            return null;
        }

        var dash = numbered.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && numbered.AsSpan(0, dash).IndexOfAnyExceptInRange('0', '9') < 0 && dash + 1 < numbered.Length
            ? VirtualMachineIdentity.Create(numbered[(dash + 1)..], path.Text, Name)
            : null;
    }
}
