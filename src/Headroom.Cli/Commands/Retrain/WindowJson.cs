using System.Text.Json;
using Headroom.Interference.Runs;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>Recorded windows as callers of the API send them.</summary>
internal static class WindowJson
{
    /// <summary>Body of <c>POST /api/v1/predictions/interference</c>; the mean of the neighbours counts as one neighbour.</summary>
    public static string Of(InterferenceRun run, FeatureSchema schema) => JsonSerializer.Serialize(new
    {
        steps = run.Frames.Select(frame => new
        {
            target = Values(frame, schema, FeatureBlock.Target),
            neighbours = new Dictionary<string, Dictionary<string, float>> { ["neighbours"] = Values(frame, schema, FeatureBlock.Neighbours) },
            host = Values(frame, schema, FeatureBlock.Host),
        }),
        reasons = false,
    });

    private static Dictionary<string, float> Values(float[] frame, FeatureSchema schema, FeatureBlock block) => schema.Metrics.Index()
        .Where(metric => metric.Item.Block == block && float.IsFinite(frame[metric.Index])).ToDictionary(metric => metric.Item.Name, metric => frame[metric.Index]);
}
