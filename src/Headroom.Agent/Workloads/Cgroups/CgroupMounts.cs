using System.Text;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>
/// Where the cgroup hierarchies are mounted: one for v2, one per controller (or group of controllers) for v1, or both, as on a
/// hybrid host, whose v2 hierarchy has no controllers but still counts CPU time and pressure.
/// </summary>
internal sealed class CgroupMounts
{
    private static readonly string[] V1Names = ["cpu", "cpuacct", "cpuset", "memory", "blkio", "pids", "perf_event", "name=systemd"];

    private readonly Dictionary<string, string> _v1 = [];

    /// <summary>Mount point of the v2 hierarchy, or null.</summary>
    public string? V2 { get; private set; }

    /// <summary>Mount point of a v1 controller (<c>memory</c>, <c>name=systemd</c>), or null.</summary>
    public string? V1(string controller) => _v1.GetValueOrDefault(controller);

    /// <summary>The mount points to look through for cgroups; controllers mounted together count once.</summary>
    public IReadOnlyList<string> Trees { get; private set; } = [];

    /// <summary>Reads the mounts of the host; empty where cgroups are not mounted.</summary>
    public static CgroupMounts Read(KernelFiles files)
    {
        var text = files.ReadText("/proc/1/mountinfo") is { Length: > 0 } host ? host : files.ReadText("/proc/self/mountinfo");
        return Parse(text ?? "");
    }

    /// <summary>Parses <c>/proc/PID/mountinfo</c>: "31 23 0:28 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu".</summary>
    public static CgroupMounts Parse(string mountInfo)
    {
        var mounts = new CgroupMounts();
        foreach (var line in mountInfo.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var halves = line.Split(" - ", 2);
            var before = halves[0].Split(' ');
            var after = halves.Length == 2 ? halves[1].Split(' ') : [];
            if (before.Length < 5 || after.Length < 3)
            {
                continue;
            }

            var point = Unescape(before[4]);
            if (after[0] == "cgroup2")
            {
                mounts.V2 ??= point;
            }
            else if (after[0] == "cgroup")
            {
                foreach (var controller in after[2].Split(',').Where(V1Names.Contains))
                {
                    mounts._v1.TryAdd(controller, point);
                }
            }
        }

        // These are the hierarchies in which managers make their cgroups first; the others hold no path that these do not.
        mounts.Trees = new[] { mounts.V2, mounts.V1("name=systemd"), mounts.V1("memory"), mounts.V1("cpuacct"), mounts.V1("cpu") }
            .OfType<string>().Distinct().ToArray();
        return mounts;
    }

    /// <summary>Mount points write space, tab and backslash as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length)
            {
                plain.Append((char)(((text[i + 1] - '0') * 64) + ((text[i + 2] - '0') * 8) + (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
