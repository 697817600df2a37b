using Headroom.Interference.Runs;

namespace Headroom.Interference.Live;

/// <summary>How much of a resource a workload used, as far as its metrics say; where they say nothing, its CPU time.</summary>
internal static class ResourceUse
{
    private static readonly Dictionary<Resource, string[]> Metrics = new()
    {
        [Resource.Disk] = ["container.disk.io.read", "container.disk.io.write"],
        [Resource.Network] = ["container.network.io.receive", "container.network.io.transmit"],
        [Resource.Memory] = ["container.paging.faults.minor"],
        [Resource.Cache] = ["perf.cache_misses"],
        [Resource.MemoryBandwidth] = ["resctrl.memory.bandwidth.total"],
    };

    /// <summary>Share of what <paramref name="all"/> used that <paramref name="some"/> of them used, 0 to 1.</summary>
    public static double Part(Resource resource, IReadOnlyList<WorkloadWindow> some, IReadOnlyList<WorkloadWindow> all)
    {
        var metrics = Metrics.GetValueOrDefault(resource) is { } own && all.Any(workload => Use(workload, own) > 0) ? own : ["container.cpu.usage"];
        var whole = all.Sum(workload => Use(workload, metrics));
        return whole > 0 ? Math.Clamp(some.Sum(workload => Use(workload, metrics)) / whole, 0, 1) : 0;
    }

    private static double Use(WorkloadWindow workload, string[] metrics) => metrics.Sum(metric => workload.Mean(metric) ?? 0);
}
