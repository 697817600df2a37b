using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Interference.Live;

/// <summary>One workload over a window.</summary>
/// <param name="Id">Id of its entity; any number that is unique in the window.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Seconds">Steps of the window, oldest first, values by catalogue ordinal; null where nothing was measured.</param>
public sealed record WorkloadWindow(int Id, string Name, IReadOnlyList<MetricVector?> Seconds)
{
    /// <summary>CPU cores it kept busy, on average; null where nothing was measured.</summary>
    public double? Cores => Mean("container.cpu.usage");

    /// <summary>Mean of a metric over the steps that have it; null where none has.</summary>
    public double? Mean(string metric) => WindowMean.Of(Seconds, EntityKind.Workload, metric);
}

/// <summary>A host and all that ran on it over one window.</summary>
/// <param name="EndsAt">End of the window, UTC.</param>
/// <param name="Host">Steps of the host itself.</param>
/// <param name="Workloads">Who ran, whether busy or not.</param>
public sealed record HostWindow(DateTimeOffset EndsAt, IReadOnlyList<MetricVector?> Host, IReadOnlyList<WorkloadWindow> Workloads)
{
    /// <summary>Cores from which on a workload counts as busy: below it nothing can slow it down, and it slows nobody.</summary>
    public const double BusyCores = 0.02;

    /// <summary>Those that did something, the busiest first: whom predictions are made for, and who counts as a neighbour.</summary>
    public IReadOnlyList<WorkloadWindow> Busy { get; } = [.. Workloads.Where(workload => workload.Cores >= BusyCores).OrderByDescending(workload => workload.Cores)];

    /// <summary>The busy ones beside one workload.</summary>
    public IReadOnlyList<WorkloadWindow> NeighboursOf(int id) => [.. Busy.Where(workload => workload.Id != id)];
}
