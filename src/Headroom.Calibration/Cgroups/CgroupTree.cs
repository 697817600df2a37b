namespace Headroom.Calibration.Cgroups;

/// <summary>The cgroup hierarchies in which a campaign makes its groups: the v2 one, and those of the v1 controllers that count something.</summary>
public sealed class CgroupTree
{
    private static readonly string[] V1Controllers = ["cpu", "cpuacct", "cpu,cpuacct", "memory", "blkio", "pids", "perf_event"];

    private CgroupTree(IReadOnlyList<string> roots) => Roots = roots;

    /// <summary>Mount points, each of which takes the same relative path.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Finds the hierarchies.</summary>
    /// <param name="mountRoot">Where cgroups are mounted, <c>/sys/fs/cgroup</c>.</param>
    /// <exception cref="InvalidOperationException">There are none, or this user may not make groups in them.</exception>
    public static CgroupTree Find(string mountRoot = "/sys/fs/cgroup")
    {
        var roots = File.Exists(Path.Combine(mountRoot, "cgroup.controllers"))
            ? [mountRoot]
            : V1Controllers.Append("unified").Select(name => Path.Combine(mountRoot, name)).Where(path => File.Exists(Path.Combine(path, "cgroup.procs"))).ToList();
        return roots.Count > 0
            ? new CgroupTree(roots)
            : throw new InvalidOperationException($"expected cgroups to be mounted under {mountRoot}; without them the workloads of a campaign cannot be told apart");
    }
}
