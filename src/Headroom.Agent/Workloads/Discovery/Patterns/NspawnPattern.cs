namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>Containers of systemd-nspawn: <c>/machine.slice/systemd-nspawn@NAME.service</c>, <c>/machine.slice/machine-NAME.scope</c>.</summary>
internal sealed class NspawnPattern : ICgroupPattern
{
    public string Name => "nspawn";

    public WorkloadIdentity? Match(CgroupPath path)
    {
        var name = path.Parent != "machine.slice" ? null
            : Between(path.Leaf, "systemd-nspawn@", ".service") ?? Between(path.Leaf, "machine-", ".scope");
        return name is null ? null : WorkloadIdentity.OfCgroup(
            WorkloadType.Container,
            path.Text,
            SystemdName.Unescape(name),
            path.Text,
            ("container.name", SystemdName.Unescape(name)),
            (WorkloadIdentity.RuntimeAttribute, "systemd-nspawn"));
    }

    private static string? Between(string text, string prefix, string suffix) =>
        text.Length > prefix.Length + suffix.Length && text.StartsWith(prefix, StringComparison.Ordinal) && text.EndsWith(suffix, StringComparison.Ordinal)
            ? text[prefix.Length..^suffix.Length]
            : null;
}
