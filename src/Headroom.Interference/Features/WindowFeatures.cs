using Headroom.Interference.Runs;

namespace Headroom.Interference.Features;

/// <summary>
/// A window as one row: mean, deviation and 95th percentile of every metric, then the context.
/// Where every window of the training set is a single step, deviation and percentile say nothing and are left out.
/// </summary>
public static class WindowFeatures
{
    private static readonly string[] Suffixes = ["mean", "std", "p95"];

    /// <summary>Columns per metric where there are series.</summary>
    internal static int Width => Suffixes.Length;

    public static bool HasSeries(RunSet set) => set.Runs.Any(run => run.Frames.Length > 1);

    /// <summary>Names of the columns and which feature each comes from (metrics first, then context).</summary>
    public static IReadOnlyList<(string Name, Feature Source)> Columns(FeatureSchema schema, bool series) =>
    [
        .. schema.Metrics.SelectMany(metric => series ? Suffixes.Select(suffix => ($"{metric.Name}.{suffix}", metric)) : [(metric.Name, metric)]),
        .. schema.Context.Select(feature => (feature.Name, feature)),
    ];

    public static float[] Row(InterferenceRun run, bool series) => [.. Metrics(run, series), .. run.Context];

    /// <summary>The row without its context.</summary>
    public static float[] Metrics(InterferenceRun run, bool series)
    {
        var metrics = run.Frames[0].Length;
        var width = series ? Suffixes.Length : 1;
        var row = new float[metrics * width];
        for (var metric = 0; metric < metrics; metric++)
        {
            var statistics = WindowStatistics.Of(run.Frames, metric);
            row[metric * width] = (float)statistics.Mean;
            if (series)
            {
                row[(metric * width) + 1] = (float)statistics.Deviation;
                row[(metric * width) + 2] = (float)statistics.P95;
            }
        }

        return row;
    }
}
