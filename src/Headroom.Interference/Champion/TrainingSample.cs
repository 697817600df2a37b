using Headroom.Interference.Features;
using Headroom.Interference.Runs;
using Headroom.Learning.Drift;

namespace Headroom.Interference.Champion;

/// <summary>Keeps a sample of the training windows with a model, so that drift can be seen wherever the model is served.</summary>
public static class TrainingSample
{
    /// <summary>Windows that are kept: enough for the test of small samples, little enough to travel in the model's file.</summary>
    private const int MaxRows = 400;

    /// <param name="train">Training runs.</param>
    /// <param name="rows">Those that were left out once.</param>
    /// <param name="predicted">What was predicted for them then.</param>
    /// <param name="seed">Which ones are kept.</param>
    public static DriftReference Of(RunSet train, IReadOnlyList<int> rows, IReadOnlyList<double> predicted, int seed)
    {
        var kept = Enumerable.Range(0, rows.Count).ToArray();
        new Random(seed).Shuffle(kept);
        Array.Resize(ref kept, Math.Min(kept.Length, MaxRows));
        return new DriftReference(
            FeaturesOf(train.Schema),
            [.. kept.Select(index => Row(train.Runs[rows[index]]))],
            [.. kept.Select(index => predicted[index] - train.Runs[rows[index]].Label!.Value)]);
    }

    /// <summary>Names of what is watched: the mean of every metric over the window, and the context.</summary>
    public static IReadOnlyList<string> FeaturesOf(FeatureSchema schema) => [.. schema.Metrics.Concat(schema.Context).Select(feature => $"{feature.Block} {feature.Name}")];

    /// <summary>What is watched of one window, in the order of <see cref="FeaturesOf"/>.</summary>
    public static float[] Row(InterferenceRun run) => WindowFeatures.Row(run, series: false);
}
