using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>A host's past as a fleet of one, with the windows of the coming horizon behind it, in which nothing is known yet.</summary>
public static class HostFleet
{
    /// <summary>Id of the series that stands for everything without a limit.</summary>
    private const string Unlimited = "without a limit";

    /// <summary>
    /// Makes it. Workloads with a limit were promised their limit; those without one may use what the host has left, together, so
    /// they are one series that was promised the remaining capacity, or what it has used where that is more.
    /// </summary>
    public static FleetTrace Make(RecommendationInputs inputs, ResourcePast past, int horizon)
    {
        var windows = inputs.Windows + horizon;
        var limited = past.Workloads.Where(workload => workload.Limit is > 0)
            .Select(workload => new VmSeries(workload.Key, workload.Limit!.Value, workload.FirstWindow, Ahead(workload, inputs.Windows, horizon)))
            .ToArray();
        var shared = new float[windows];
        foreach (var workload in past.Workloads.Where(workload => workload.Limit is not > 0))
        {
            for (var index = 0; index < workload.Used.Length; index++)
            {
                shared[workload.FirstWindow + index] += workload.Used[index];
            }
        }

        var taken = limited.Where(workload => workload.IsPresent(inputs.Windows)).Sum(workload => workload.Requested);
        var remaining = Math.Max(past.Capacity - taken, shared.Max());
        return new FleetTrace(
            inputs.Host,
            past.Resource,
            TimeSpan.FromSeconds(inputs.WindowSeconds),
            windows,
            [new HostSeries(inputs.Host, [.. limited, new VmSeries(Unlimited, remaining, 0, shared)], windows)]);
    }

    // A workload that lives now is expected to live on.
    private static float[] Ahead(WorkloadUse workload, int windows, int horizon) => workload.FirstWindow + workload.Used.Length >= windows
        ? [.. workload.Used, .. new float[horizon]]
        : workload.Used;
}
