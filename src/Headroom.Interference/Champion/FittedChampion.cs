using Headroom.Interference.Features;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.Conformal;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Champion;

/// <summary>The trained champion.</summary>
public sealed class FittedChampion : IFittedInterferenceModel
{
    internal FittedChampion(
        RichFeatures features, IReadOnlyList<(double Weight, ITabularModel Model)> members, TargetRange range, IntervalModel intervals, FeatureRanges ranges, float[] @base) =>
        (Features, Members, Range, Intervals, Ranges, Base) = (features, members, range, intervals, ranges, @base);

    public RichFeatures Features { get; }

    public IReadOnlyList<(double Weight, ITabularModel Model)> Members { get; }

    public TargetRange Range { get; }

    public IntervalModel Intervals { get; }

    public FeatureRanges Ranges { get; }

    /// <summary>The mean training row: where reasons start from.</summary>
    public float[] Base { get; }

    public double[] Predict(IReadOnlyList<InterferenceRun> runs) => PredictRows([.. runs.Select(Features.Row)]);

    /// <summary>Predictions with their intervals.</summary>
    public (double[] Values, Interval[] Intervals) PredictWithIntervals(IReadOnlyList<InterferenceRun> runs)
    {
        var values = Predict(runs);
        return (values, Array.ConvertAll(values, Intervals.Around));
    }

    internal double[] PredictRows(float[][] rows)
    {
        var sum = new double[rows.Length];
        foreach (var (weight, model) in Members)
        {
            var predicted = model.Predict(rows);
            for (var row = 0; row < sum.Length; row++)
            {
                sum[row] += weight * predicted[row];
            }
        }

        return Array.ConvertAll(sum, Range.Clamp);
    }
}
