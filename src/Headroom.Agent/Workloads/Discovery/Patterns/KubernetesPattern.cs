namespace Headroom.Agent.Workloads.Discovery.Patterns;

/// <summary>
/// Containers of Kubernetes pods, with the cgroupfs driver <c>/kubepods/burstable/podUID/ID</c> and with the systemd driver
/// <c>/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUID.slice/cri-containerd-ID.scope</c>, whose UID has
/// underscores for hyphens; below any parent, so that kind and k3s are seen too.
/// </summary>
internal sealed class KubernetesPattern : ICgroupPattern
{
    private static readonly (string Prefix, string Runtime)[] Runtimes =
        [("cri-containerd", "containerd"), ("crio", "cri-o"), ("docker", "docker"), ("libpod", "podman")];

    public string Name => "kubernetes";

    public WorkloadIdentity? Match(CgroupPath path) =>
        MatchOneName(path) ?? (path.Parent.Length > 0 && Pod(path.Parent) is { } uid ? MatchBelowPod(path, uid) : null);

    /// <summary>containerd with the cgroupfs driver on a systemd path: <c>kubepods-burstable-podUID.slice:cri-containerd:ID</c>.</summary>
    private static WorkloadIdentity? MatchOneName(CgroupPath path)
    {
        var parts = path.Leaf.Split(':');
        return parts.Length == 3 && CgroupPath.IsContainerId(parts[2]) && Pod(parts[0]) is { } uid
            ? Create(path, uid, Runtimes.FirstOrDefault(known => known.Prefix == parts[1]).Runtime ?? parts[1], parts[2])
            : null;
    }

    private static WorkloadIdentity? MatchBelowPod(CgroupPath path, string uid)
    {
        foreach (var (prefix, runtime) in Runtimes)
        {
            if (path.ContainerIdAfter(prefix) is { } id)
            {
                return Create(path, uid, runtime, id);
            }
        }

        return path.BareContainerId is { } bare ? Create(path, uid, "unknown", bare) : null;
    }

    private static WorkloadIdentity Create(CgroupPath path, string uid, string runtime, string id) => ContainerIdentity.Create(
        runtime,
        id,
        path,
        (WorkloadIdentity.PodUidAttribute, uid),
        ("k8s.pod.qos_class", QualityOfService(path.Text)));

    /// <summary>The UID in <c>podUID</c> or <c>kubepods-burstable-podUID.slice</c>, or null when the name is no pod's.</summary>
    private static string? Pod(string name)
    {
        if (name.EndsWith(".slice", StringComparison.Ordinal))
        {
            var at = name.LastIndexOf("-pod", StringComparison.Ordinal);
            return at > 0 && name.Contains("kubepods", StringComparison.Ordinal) ? Uid(name[(at + 4)..^6].Replace('_', '-')) : null;
        }

        return name.StartsWith("pod", StringComparison.Ordinal) ? Uid(name[3..]) : null;
    }

    /// <summary>A UID is a GUID; that of a static pod is 32 hexadecimal digits without hyphens.</summary>
    private static string? Uid(string text) => Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _) ? text : null;

    private static string QualityOfService(string path) =>
        path.Contains("besteffort", StringComparison.Ordinal) ? "BestEffort"
        : path.Contains("burstable", StringComparison.Ordinal) ? "Burstable"
        : "Guaranteed";
}
