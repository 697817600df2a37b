using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Finds the files of one cgroup in the hierarchies that have it.</summary>
internal sealed class CgroupLocation(KernelFiles files, CgroupMounts mounts, string path)
{
    private static readonly string[] MembershipControllers = ["memory", "cpuacct", "cpu", "pids", "blkio", "name=systemd"];

    /// <summary>A file of the v2 hierarchy, or null when the cgroup or its controller is not there.</summary>
    public KernelFile? V2(string name) => Existing(mounts.V2, name);

    /// <summary>A file of a v1 controller, or null when the cgroup is not in that hierarchy.</summary>
    public KernelFile? V1(string controller, string name) => Existing(mounts.V1(controller), name);

    /// <summary>The first of several files that is there.</summary>
    public KernelFile? FirstV1(string controller, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (V1(controller, name) is { } file)
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Folder of the cgroup in the v2 hierarchy, or null.</summary>
    public string? V2Folder => mounts.V2 is { } root && files.System.Exists(root + path) ? root + path : null;

    /// <summary>The list of its processes, from the hierarchy that knows it, or null when it is in none.</summary>
    public KernelFile? Processes
    {
        get
        {
            if (V2("cgroup.procs") is { } unified)
            {
                return unified;
            }

            foreach (var controller in MembershipControllers)
            {
                if (V1(controller, "cgroup.procs") is { } file)
                {
                    return file;
                }
            }

            return null;
        }
    }

    private KernelFile? Existing(string? root, string name)
    {
        var full = $"{root}{path}/{name}";
        return root is not null && files.System.Exists(full) ? files.File(full) : null;
    }
}
