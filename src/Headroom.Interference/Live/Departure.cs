using Headroom.Interference.Runs;

namespace Headroom.Interference.Live;

/// <summary>
/// The window a workload would have had if neighbours had moved away, to the first order: they leave the mean of the neighbours; what the host used of a resource
/// falls by their part of it; waiting (pressure, queues, latencies, steal) of host and target falls by their part among the target's neighbours.
/// </summary>
public sealed class Departure(LiveWindows windows)
{
    private static readonly string[] Waiting = ["pressure", "wait", "latency", "throttl", "involuntary", "queue", "steal", "io_time", "utilization.busiest"];

    private static readonly string[] Free = [".idle", ".idlest"];

    /// <param name="window">What was measured.</param>
    /// <param name="target">Whose window it is.</param>
    /// <param name="gone">Ids of the neighbours that moved away.</param>
    /// <returns>Null when nothing was measured of the target.</returns>
    public InterferenceRun? Of(HostWindow window, WorkloadWindow target, IReadOnlySet<int> gone)
    {
        var neighbours = window.NeighboursOf(target.Id);
        var left = neighbours.Where(neighbour => gone.Contains(neighbour.Id)).ToArray();
        if (windows.Of(window, target, [.. neighbours.Except(left)]) is not { } run || left.Length == 0)
        {
            return windows.Of(window, target);
        }

        var changes = windows.Schema.Metrics.Select(feature => Change(feature, left, neighbours, window.Busy)).ToArray();
        return run with { Frames = Array.ConvertAll(run.Frames, frame => frame.Zip(changes, (value, change) => change(value)).ToArray()) };
    }

    private static Func<float, float> Change(Feature feature, WorkloadWindow[] left, IReadOnlyList<WorkloadWindow> neighbours, IReadOnlyList<WorkloadWindow> all)
    {
        var waits = Waiting.Any(word => feature.Name.Contains(word, StringComparison.Ordinal));
        if (feature.Block == FeatureBlock.Neighbours || (feature.Block == FeatureBlock.Target && !waits) || feature.Unit == "{cpu}")
        {
            return value => value;
        }

        var stays = (float)(1 - ResourceUse.Part(feature.Resource, left, waits ? neighbours : all));
        return Free.Any(end => feature.Name.EndsWith(end, StringComparison.Ordinal))
            ? value => 1 - ((1 - value) * stays)
            : value => value * stays;
    }
}
