using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>The CPU time a cgroup has used, read once, to rank workloads by.</summary>
internal static class CgroupUsage
{
    public static ulong ReadNanoseconds(KernelFiles files, CgroupMounts mounts, string path)
    {
        if (mounts.V2 is { } unified && files.TryReadOnce($"{unified}{path}/cpu.stat", out var stat))
        {
            var fields = new Fields(stat);
            return fields.TryReadWord(out var key) && key.SequenceEqual("usage_usec"u8) && fields.TryReadUnsigned(out var microseconds) ? microseconds * 1000 : 0;
        }

        return mounts.V1("cpuacct") is { } accounting
            && files.TryReadOnce($"{accounting}{path}/cpuacct.usage", out var content)
            && new Fields(content).TryReadUnsigned(out var nanoseconds)
                ? nanoseconds
                : 0;
    }
}
