using Headroom.Learning.Conformal;

namespace Headroom.MemoryPlacement.Costs;

/// <summary>
/// Conformal intervals of times that span orders of magnitude: residuals are logarithms, scaled by the usual size of their class,
/// so an interval is p e^(±q scale).
/// </summary>
public sealed record RelativeInterval(double Level, double Quantile, IReadOnlyDictionary<string, double> Scales)
{
    /// <param name="truth">Measured times of rows the model did not see.</param>
    /// <param name="predicted">Predictions for them.</param>
    /// <param name="classes">Class of each row.</param>
    /// <param name="level">Wanted coverage, 0 to 1.</param>
    public static RelativeInterval Fit(IReadOnlyList<double> truth, IReadOnlyList<double> predicted, IReadOnlyList<string> classes, double level)
    {
        var errors = truth.Select((value, row) => Math.Log(predicted[row] / value)).ToArray();
        var scales = Enumerable.Range(0, errors.Length).GroupBy(row => classes[row])
            .ToDictionary(rows => rows.Key, rows => Math.Max(1e-4, rows.Average(row => Math.Abs(errors[row]))));
        var fit = SplitConformal.Fit(errors, new double[errors.Length], level, [.. classes.Select(name => scales[name])]);
        return new RelativeInterval(level, fit.Quantile, scales);
    }

    public Interval Around(double predicted, string @class)
    {
        var factor = Math.Exp(HalfWidth(@class));
        return new Interval(predicted / factor, predicted * factor);
    }

    /// <summary>Half width in logarithms; the widest class for one never seen.</summary>
    public double HalfWidth(string @class) => Quantile * (Scales.TryGetValue(@class, out var own) ? own : Scales.Values.Max());
}
