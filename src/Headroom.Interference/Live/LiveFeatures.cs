using Headroom.Interference.Runs;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Interference.Live;

/// <summary>
/// What a model may look at when it serves live frames: metrics of the target, of the mean of its neighbours and of the host. Nothing that names the workload:
/// a live one is none of those in training, so neither its application nor its load (threads) is known, and no undisturbed run of it.
/// </summary>
public static class LiveFeatures
{
    /// <summary>A metric has to be there in this share of the training runs.</summary>
    private const double LeastPresent = 0.5;

    /// <summary>The size of the machine: always kept, so that a model says when it meets a machine of another size.</summary>
    private const string MachineSize = "system.cpu.logical.count";

    private static readonly string[] HostGroups = ["cpu", "pressure", "paging", "disk", "network"];

    // Settings of a workload and space in use say what it is, not what happens to it; the kernel's means over a minute reach back before the window.
    private static readonly string[] Left = ["container.cpu.weight", "system.filesystem.", ".60s"];

    /// <summary>
    /// A campaign's runs as live windows look: the metrics above that were reported and moved, no context, and no run marked as undisturbed, so that
    /// leaving an application out leaves all of it out.
    /// </summary>
    /// <exception cref="InvalidDataException">The runs have no metrics of the catalogue.</exception>
    public static RunSet Of(RunSet runs) => Find(runs)
        ?? throw new InvalidDataException($"{runs.Name}: expected runs with metrics of the catalogue (headroom calibrate makes them), found none of its metrics.");

    /// <summary>The same; null where the runs have no metrics of the catalogue.</summary>
    public static RunSet? Find(RunSet runs)
    {
        var kept = Enumerable.Range(0, runs.Schema.Metrics.Count).Where(metric => IsWanted(runs.Schema.Metrics[metric]) && Moves(runs, metric)).ToArray();
        return kept.Length == 0 ? null : Take(runs, kept);
    }

    /// <summary>A campaign's runs with exactly the features of a model that is served live, so that a challenger learns and is judged on what the champion sees.</summary>
    /// <returns>Null where the model is not for live frames, or the runs lack one of its features.</returns>
    public static RunSet? As(RunSet runs, FeatureSchema schema)
    {
        var places = schema.Metrics.Select(feature => runs.Schema.Metrics.ToList().IndexOf(feature)).ToArray();
        return CanServe(schema) && places.All(place => place >= 0) ? Take(runs, places) : null;
    }

    /// <summary>Whether live frames can give every feature of a schema.</summary>
    public static bool CanServe(FeatureSchema schema) => schema.Context.Count == 0 && schema.Metrics.All(feature => Definition(feature) is not null);

    /// <summary>Kind of the entity that a feature is read from.</summary>
    internal static EntityKind KindOf(FeatureBlock block) => block == FeatureBlock.Host ? EntityKind.Host : EntityKind.Workload;

    internal static MetricDefinition? Definition(Feature feature) => feature.Block is FeatureBlock.Target or FeatureBlock.Neighbours or FeatureBlock.Host
        ? MetricCatalogue.Current.Find(KindOf(feature.Block), feature.Name)
        : null;

    private static RunSet Take(RunSet runs, int[] metrics) => runs with
    {
        Schema = new FeatureSchema([.. metrics.Select(metric => runs.Schema.Metrics[metric])], []),
        Runs = [.. runs.Runs.Select(run => run with { Frames = Array.ConvertAll(run.Frames, frame => Array.ConvertAll(metrics, metric => frame[metric])), Context = [], IsSolo = false })],
    };

    private static bool IsWanted(Feature feature) =>
        Definition(feature) is { } metric
        && (metric.Name == MachineSize
            || ((metric.Kind == MetricKind.Rate || metric.Unit is "1" or "s")
                && (feature.Block != FeatureBlock.Host || HostGroups.Contains(metric.Group))
                && !Left.Any(part => metric.Name.Contains(part, StringComparison.Ordinal))));

    private static bool Moves(RunSet runs, int metric)
    {
        var (present, low, high) = (0, float.PositiveInfinity, float.NegativeInfinity);
        foreach (var run in runs.Runs)
        {
            var values = run.Frames.Select(frame => frame[metric]).Where(float.IsFinite).ToArray();
            if (values.Length > 0)
            {
                present++;
                (low, high) = (Math.Min(low, values.Min()), Math.Max(high, values.Max()));
            }
        }

        return present >= LeastPresent * runs.Runs.Count && (high > low || (present > 0 && runs.Schema.Metrics[metric].Name == MachineSize));
    }
}
