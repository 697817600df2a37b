using Headroom.Interference.Features;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Learning.Conformal;
using Headroom.Learning.Drift;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Champion;

/// <summary>The trained champion.</summary>
public sealed class FittedChampion : IFittedInterferenceModel
{
    internal FittedChampion(
        RichFeatures features, IReadOnlyList<(double Weight, ITabularModel Model)> members, TargetRange range, IntervalModel intervals, FeatureRanges ranges, float[] @base,
        DriftReference? reference) =>
        (Features, Members, Range, Intervals, Ranges, Base, Reference) = (features, members, range, intervals, ranges, @base, reference);

    public RichFeatures Features { get; }

    public IReadOnlyList<(double Weight, ITabularModel Model)> Members { get; }

    public TargetRange Range { get; }

    public IntervalModel Intervals { get; }

    public FeatureRanges Ranges { get; }

    /// <summary>The mean training row: where reasons start from.</summary>
    public float[] Base { get; }

    /// <summary>A sample of its training windows with their left-out residuals, to see drift by; null in files of before there was one.</summary>
    public DriftReference? Reference { get; }

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
