using System.Text.Json.Serialization;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Features;

/// <summary>
/// The champion's view of a window: the rivals' columns, the shape of every series, every column beside the undisturbed runs, and for metrics that target
/// and neighbours both have their sum, the target's share, the larger of the two, and 1 / max(1, sum) for percentages (fair sharing of one resource).
/// </summary>
public sealed record RichFeatures
{
    [JsonConstructor]
    public RichFeatures(FeatureSchema schema, bool series, SoloReference? solo, PairEffects? pairs)
    {
        (Schema, Series, Solo, Pairs) = (schema, series, solo, pairs);
        Twins = [.. FindTwins(schema)];
        Columns = [.. NameColumns()];
    }

    public FeatureSchema Schema { get; }

    public bool Series { get; }

    public SoloReference? Solo { get; }

    /// <summary>Null where runs are no pairs of known jobs.</summary>
    public PairEffects? Pairs { get; }

    /// <summary>Columns in front: the rivals' own, and what pairs of known jobs usually do to each other.</summary>
    [JsonIgnore]
    public int PlainColumns => WindowFeatures.Columns(Schema, Series).Count + (Pairs is null ? 0 : PairEffects.Width);

    /// <summary>Names of the columns and the features they come from.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, IReadOnlyList<Feature> Sources)> Columns { get; }

    private IReadOnlyList<(int Target, int Neighbour)> Twins { get; }

    /// <summary>Learns what undisturbed runs look like from training runs.</summary>
    /// <param name="train">Training runs.</param>
    /// <param name="besideAlone">Whether the runs to come have undisturbed runs of their application among these.</param>
    public static RichFeatures Fit(RunSet train, bool besideAlone = true)
    {
        var series = WindowFeatures.HasSeries(train);
        return new RichFeatures(train.Schema, series, besideAlone ? SoloReference.Fit(train, series) : null, PairEffects.Fit(train, series));
    }

    public float[] Row(InterferenceRun run)
    {
        var window = WindowFeatures.Metrics(run, Series);
        var row = new List<float>(Columns.Count);
        row.AddRange(window);
        row.AddRange(run.Context);
        row.AddRange(Pairs?.Row(run) ?? []);
        if (Solo is not null)
        {
            row.AddRange(Solo.Relative(run, window));
        }

        if (Series)
        {
            var shape = new float[SeriesStatistics.Names.Count];
            for (var metric = 0; metric < Schema.Metrics.Count; metric++)
            {
                SeriesStatistics.Write(run.Frames, metric, shape);
                row.AddRange(shape);
            }
        }

        var step = Series ? WindowFeatures.Width : 1;
        foreach (var (target, neighbour) in Twins)
        {
            var (own, other) = (window[target * step], window[neighbour * step]);
            var sum = own + other;
            row.Add(sum);
            row.Add(sum > 0 ? own / sum : float.NaN);
            row.Add(Math.Max(own, other));
            row.Add(Schema.Metrics[target].Unit == "%" ? 1 / Math.Max(1, sum / 100) : own * other);
        }

        return [.. row];
    }

    private static IEnumerable<(int Target, int Neighbour)> FindTwins(FeatureSchema schema)
    {
        var places = schema.Metrics.Select((metric, index) => (metric, index)).ToLookup(place => (place.metric.Block, place.metric.Name), place => place.index);
        foreach (var (metric, index) in schema.Metrics.Select((metric, index) => (metric, index)).Where(place => place.metric.Block == FeatureBlock.Target))
        {
            foreach (var twin in places[(FeatureBlock.Neighbours, metric.Name)])
            {
                yield return (index, twin);
            }
        }
    }

    private IEnumerable<(string Name, IReadOnlyList<Feature> Sources)> NameColumns()
    {
        foreach (var (name, source) in WindowFeatures.Columns(Schema, Series))
        {
            yield return (name, [source]);
        }

        if (Pairs is not null)
        {
            var (target, neighbour) = (Schema.Metrics.First(metric => metric.Block == FeatureBlock.Target), Schema.Metrics.First(metric => metric.Block == FeatureBlock.Neighbours));
            yield return ("usually suffers", [target]);
            yield return ("usually inflicts", [neighbour]);
            yield return ("usual together", [neighbour, target]);
        }

        if (Solo is not null)
        {
            foreach (var (name, source) in WindowFeatures.Columns(Schema with { Context = [] }, Series))
            {
                yield return ($"{name} beside alone", [source]);
            }
        }

        if (Series)
        {
            foreach (var metric in Schema.Metrics)
            {
                foreach (var name in SeriesStatistics.Names)
                {
                    yield return ($"{metric.Name}.{name}", [metric]);
                }
            }
        }

        foreach (var (target, neighbour) in Twins)
        {
            IReadOnlyList<Feature> both = [Schema.Metrics[target], Schema.Metrics[neighbour]];
            var name = Schema.Metrics[target].Name;
            foreach (var kind in (string[])["sum", "share", "larger", "shared"])
            {
                yield return ($"{name}.{kind}", both);
            }
        }
    }
}
