namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Picks the files that tell a cgroup's CPU time and throttling.</summary>
internal static class CpuReaders
{
    private const double Microseconds = 1e-6;
    private const double Nanoseconds = 1e-9;

    /// <summary>CPU time: v2 <c>cpu.stat</c>, which every v2 cgroup has, else v1 <c>cpuacct</c>. Adds nothing and returns false when neither is there.</summary>
    public static bool AddUsage(CgroupLocation location, List<IWorkloadReader> readers)
    {
        if (location.V2("cpu.stat") is { } unified)
        {
            readers.Add(new RateFile(
                unified,
                ("usage_usec", CpuMetrics.Usage, Microseconds),
                ("user_usec", CpuMetrics.User, Microseconds),
                ("system_usec", CpuMetrics.System, Microseconds),
                ("nr_throttled", CpuMetrics.ThrottledPeriods, 1),
                ("throttled_usec", CpuMetrics.ThrottledTime, Microseconds)));
            return true;
        }

        if (location.V1("cpuacct", "cpuacct.usage") is not { } usage)
        {
            return false;
        }

        readers.Add(new SingleValue(usage, CpuMetrics.Usage, Nanoseconds));
        if (location.V1("cpuacct", "cpuacct.usage_user") is { } user && location.V1("cpuacct", "cpuacct.usage_sys") is { } system)
        {
            readers.Add(new SingleValue(user, CpuMetrics.User, Nanoseconds));
            readers.Add(new SingleValue(system, CpuMetrics.System, Nanoseconds));
        }
        else if (location.V1("cpuacct", "cpuacct.stat") is { } stat)
        {
            readers.Add(new RateFile(stat, ("user", CpuMetrics.User, 1 / Tasks.ProcessStat.TicksPerSecond), ("system", CpuMetrics.System, 1 / Tasks.ProcessStat.TicksPerSecond)));
        }

        return true;
    }

    /// <summary>Throttling as v1 tells it; v2 has it in the file that <see cref="AddUsage"/> reads.</summary>
    public static void AddV1Throttling(CgroupLocation location, List<IWorkloadReader> readers)
    {
        if (location.V1("cpu", "cpu.stat") is { } stat)
        {
            readers.Add(new RateFile(stat, ("nr_throttled", CpuMetrics.ThrottledPeriods, 1), ("throttled_time", CpuMetrics.ThrottledTime, Nanoseconds)));
        }
    }
}
