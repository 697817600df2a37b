using Headroom.Interference.Features;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Champion;

/// <summary>What training saw of every feature, so that a window from elsewhere says so.</summary>
/// <param name="Lowest">Per metric mean, then per context feature; NaN where training never saw it.</param>
/// <param name="Highest">The same, upper end.</param>
public sealed record FeatureRanges(float[] Lowest, float[] Highest)
{
    /// <summary>How far beyond the seen range, as a share of its width, still counts as inside.</summary>
    private const float Margin = 0.1f;

    public static FeatureRanges Of(RunSet train)
    {
        var rows = train.Runs.Select(Values).ToArray();
        return new FeatureRanges(Extreme(Enumerable.Min), Extreme(Enumerable.Max));

        float[] Extreme(Func<IEnumerable<float>, float> pick) =>
            [.. Enumerable.Range(0, rows[0].Length).Select(column => pick(rows.Select(row => row[column]).Where(float.IsFinite).DefaultIfEmpty(float.NaN)))];
    }

    /// <summary>Features outside what training saw, one sentence each; empty when all are inside.</summary>
    public IReadOnlyList<string> Outside(InterferenceRun run, FeatureSchema schema)
    {
        var features = schema.Metrics.Concat(schema.Context).ToArray();
        return
        [
            .. Values(run).Select((value, column) => (value, column)).Where(entry => IsOutside(entry.value, entry.column)).Select(entry => FormattableString.Invariant(
                $"{features[entry.column].Block} {features[entry.column].Name} is {entry.value:G4} {features[entry.column].Unit}, training saw {Lowest[entry.column]:G4} to {Highest[entry.column]:G4}")),
        ];
    }

    private bool IsOutside(float value, int column)
    {
        var margin = Margin * (Highest[column] - Lowest[column]);
        return float.IsFinite(value) && !(value >= Lowest[column] - margin && value <= Highest[column] + margin);
    }

    private static float[] Values(InterferenceRun run) => WindowFeatures.Row(run, series: false);
}
