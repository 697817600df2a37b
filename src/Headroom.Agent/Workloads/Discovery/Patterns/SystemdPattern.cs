namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>
/// Units of systemd that run programs: services anywhere below a slice (<c>/system.slice/nginx.service</c>) and scopes of users
/// (<c>/user.slice/user-1000.slice/session-3.scope</c>). Slices only hold units, <c>init.scope</c> is systemd itself, and a scope
/// <c>libpod-conmon-ID</c> or <c>crio-conmon-ID</c> holds the monitor of a container that is a workload already.
/// </summary>
internal sealed class SystemdPattern : ICgroupPattern
{
    public string Name => "systemd";

    public WorkloadIdentity? Match(CgroupPath path)
    {
        var isUnit = path.Segments.Length > 1 && path.Segments[0].EndsWith(".slice", StringComparison.Ordinal)
            && (path.Leaf.EndsWith(".service", StringComparison.Ordinal) || (path.Leaf.EndsWith(".scope", StringComparison.Ordinal) && path.Leaf != "init.scope" && !path.Leaf.Contains("-conmon-", StringComparison.Ordinal)));
        return isUnit
            ? WorkloadIdentity.OfCgroup(WorkloadType.Unit, path.Text, SystemdName.Unescape(path.Leaf), path.Text, ("systemd.unit", path.Leaf))
            : null;
    }
}
