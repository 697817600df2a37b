using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Interference.Live;

/// <summary>Turns windows of live frames into windows of a model's features.</summary>
public sealed class LiveWindows
{
    private readonly (FeatureBlock Block, int Ordinal)[] _columns;

    /// <param name="schema">Features of the model.</param>
    /// <exception cref="ArgumentException">Live frames do not have one of them.</exception>
    public LiveWindows(FeatureSchema schema)
    {
        if (!LiveFeatures.CanServe(schema))
        {
            throw new ArgumentException(
                $"expected a model for live frames (headroom train interference), got one that needs {string.Join(", ", schema.Context.Concat(schema.Metrics.Where(feature => LiveFeatures.Definition(feature) is null)).Take(5))}",
                nameof(schema));
        }

        Schema = schema;
        _columns = [.. schema.Metrics.Select(feature => (feature.Block, MetricCatalogue.Current.OrdinalOf(LiveFeatures.KindOf(feature.Block), feature.Name)!.Value))];
    }

    public FeatureSchema Schema { get; }

    /// <summary>One workload beside its busy neighbours; null when nothing was measured of it.</summary>
    public InterferenceRun? Of(HostWindow window, WorkloadWindow target) => Of(window, target, window.NeighboursOf(target.Id));

    /// <summary>One workload beside some neighbours; null when nothing was measured of it.</summary>
    public InterferenceRun? Of(HostWindow window, WorkloadWindow target, IReadOnlyList<WorkloadWindow> neighbours)
    {
        var frames = Enumerable.Range(0, target.Seconds.Count).Where(step => target.Seconds[step] is not null).Select(step => Frame(window, target, neighbours, step)).ToArray();
        return frames.Length == 0
            ? null
            : new InterferenceRun { Id = target.Name, Application = "live", Composition = "live", Frames = frames, Context = [] };
    }

    private float[] Frame(HostWindow window, WorkloadWindow target, IReadOnlyList<WorkloadWindow> neighbours, int step)
    {
        var blocks = new Dictionary<FeatureBlock, float[]>
        {
            [FeatureBlock.Target] = BlockMean.Of(FeatureBlock.Target, EntityKind.Workload, [target.Seconds[step]!]),
            [FeatureBlock.Neighbours] = BlockMean.Of(FeatureBlock.Neighbours, EntityKind.Workload, At(neighbours.Select(neighbour => neighbour.Seconds), step)),
            [FeatureBlock.Host] = BlockMean.Of(FeatureBlock.Host, EntityKind.Host, At([window.Host], step)),
        };
        return Array.ConvertAll(_columns, column => blocks[column.Block][column.Ordinal]);
    }

    private static MetricVector[] At(IEnumerable<IReadOnlyList<MetricVector?>> series, int step) =>
        [.. series.Select(seconds => step < seconds.Count ? seconds[step] : null).OfType<MetricVector>()];
}
