using Headroom.Client.Predictions;
using Headroom.Interference.Runs;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>Recorded windows as callers of the API send them.</summary>
internal static class RecordedWindow
{
    /// <summary>Asks without reasons; the mean of the neighbours counts as one neighbour.</summary>
    public static InterferenceWindow Of(InterferenceRun run, FeatureSchema schema) => new(
        [
            .. run.Frames.Select(frame => new InterferenceStep(
                Values(frame, schema, FeatureBlock.Target),
                new Dictionary<string, IReadOnlyDictionary<string, double>> { ["neighbours"] = Values(frame, schema, FeatureBlock.Neighbours) },
                Values(frame, schema, FeatureBlock.Host))),
        ],
        Reasons: false);

    private static Dictionary<string, double> Values(float[] frame, FeatureSchema schema, FeatureBlock block) => schema.Metrics.Index()
        .Where(metric => metric.Item.Block == block && float.IsFinite(frame[metric.Index])).ToDictionary(metric => metric.Item.Name, metric => (double)frame[metric.Index]);
}
