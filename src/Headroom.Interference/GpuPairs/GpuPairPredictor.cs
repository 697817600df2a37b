using Headroom.Interference.Runs;
using Headroom.Interference.Serving;

namespace Headroom.Interference.GpuPairs;

/// <summary>Whether two workloads may share a GPU.</summary>
public enum GpuPairVerdict
{
    /// <summary>Both intervals lie at or above the least speed that was asked for.</summary>
    Share,

    /// <summary>The interval of one of them holds the least speed: it may or may not be reached.</summary>
    Uncertain,

    /// <summary>The interval of one of them lies below the least speed.</summary>
    KeepApart,
}

/// <summary>Both speeds of a pair, each as a share of the speed alone.</summary>
public sealed record GpuPairAnswer(InterferencePrediction First, InterferencePrediction Second)
{
    /// <summary>What the GPU does more than with one after the other: the sum of both speeds.</summary>
    public double Together => First.Value + Second.Value;

    /// <param name="least">Least speed that either has to keep, as a share of its speed alone.</param>
    public GpuPairVerdict Verdict(double least) => (Math.Min(First.Lower, Second.Lower) >= least, Math.Min(First.Upper, Second.Upper) < least) switch
    {
        (true, _) => GpuPairVerdict.Share,
        (_, true) => GpuPairVerdict.KeepApart,
        _ => GpuPairVerdict.Uncertain,
    };
}

/// <summary>From what two workloads do alone on a GPU to both speeds beside each other.</summary>
public sealed class GpuPairPredictor
{
    private readonly InferenceLane _lane;

    /// <param name="lane">A model of <c>headroom train gpu-pairs</c>.</param>
    /// <exception cref="InvalidDataException">The model is for something else.</exception>
    public GpuPairPredictor(InferenceLane lane)
    {
        var schema = lane.Predictor.Schema;
        if (!Fits(schema))
        {
            throw new InvalidDataException($"model {lane.Predictor.Card.Id}: expected a model of pairs (headroom train gpu-pairs), got one for {string.Join(", ", schema.Metrics.Take(3))}.");
        }

        _lane = lane;
        Metrics = [.. schema.Metrics.Where(metric => metric.Block == FeatureBlock.Target)];
    }

    /// <summary>The lane whose model answers.</summary>
    public InferenceLane Lane => _lane;

    /// <summary>What has to be known of each workload alone.</summary>
    public IReadOnlyList<Feature> Metrics { get; }

    /// <summary>What has to be known of the GPU.</summary>
    public IReadOnlyList<Feature> Context => _lane.Predictor.Schema.Context;

    /// <summary>Whether a model with these features is one of pairs.</summary>
    public static bool Fits(FeatureSchema schema)
    {
        var names = schema.Metrics.ToLookup(metric => metric.Block, metric => metric.Name);
        return names[FeatureBlock.Target].Any() && names.Count == 2 && names[FeatureBlock.Target].SequenceEqual(names[FeatureBlock.Neighbours]);
    }

    /// <summary>Both speeds.</summary>
    /// <param name="first">Metrics of the first alone, by name; what is left out is missing.</param>
    /// <param name="second">The same of the second.</param>
    /// <param name="context">Features of the GPU, by name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">A name is unknown, or nothing is known of one of them; the message names it.</exception>
    /// <exception cref="InferenceLaneFullException">The lane is full.</exception>
    public async Task<GpuPairAnswer> AskAsync(
        IReadOnlyDictionary<string, double?> first, IReadOnlyDictionary<string, double?> second, IReadOnlyDictionary<string, double?> context, CancellationToken cancellationToken)
    {
        var (own, other, gpu) = (Values("first", first, Metrics, needsOne: true), Values("second", second, Metrics, needsOne: true), Values("context", context, Context, needsOne: false));
        var answers = await _lane.PredictAsync([Run("first", own, other, gpu), Run("second", other, own, gpu)], withReasons: true, patient: false, cancellationToken).ConfigureAwait(false);
        return new GpuPairAnswer(answers[0], answers[1]);
    }

    private static InterferenceRun Run(string id, float[] own, float[] other, float[] gpu) =>
        new() { Id = id, Application = "asked", Composition = "asked", Frames = [[.. own, .. other]], Context = gpu };

    private static float[] Values(string part, IReadOnlyDictionary<string, double?> given, IReadOnlyList<Feature> features, bool needsOne)
    {
        var expected = $"expected {(features.Count == 0 ? "nothing" : string.Join(", ", features.Select(feature => $"{feature.Name} [{feature.Unit}]")))}";
        if (given.Keys.FirstOrDefault(name => features.All(feature => feature.Name != name)) is { } unknown)
        {
            throw new ArgumentException($"{part}.{unknown}: {expected}, got '{unknown}'.");
        }

        var values = features.Select(feature => given.GetValueOrDefault(feature.Name) is { } value ? (float)value : float.NaN).ToArray();
        return needsOne && !values.Any(float.IsFinite) ? throw new ArgumentException($"{part}: {expected}, got none of them.") : values;
    }
}
