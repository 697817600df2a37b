namespace Headroom.Learning.Conformal;

/// <summary>
/// Conformalized quantile regression (Romano et al., arXiv 1905.03222): scores s = max(lo - y, y - hi) on held-out rows,
/// interval [lo - q, hi + q]. Narrow where the data are calm, wide where they are not.
/// </summary>
public sealed record QuantileConformal(double Level, double Quantile, int CalibrationCount)
{
    public static QuantileConformal Fit(IReadOnlyList<double> truth, IReadOnlyList<Interval> predicted, double level) =>
        new(level, ConformalQuantile.Of(Scores(truth, predicted), level), truth.Count);

    /// <summary>As <see cref="Fit"/>, every group weighing the same.</summary>
    public static QuantileConformal FitByGroup(IReadOnlyList<double> truth, IReadOnlyList<Interval> predicted, IReadOnlyList<string> groups, double level)
    {
        var sizes = groups.GroupBy(group => group).ToDictionary(rows => rows.Key, rows => rows.Count());
        var weights = groups.Select(group => 1.0 / sizes[group]).ToArray();
        var quantile = ConformalQuantile.Weighted([.. Scores(truth, predicted)], weights, level, weights.Length == 0 ? 1 : weights.Average());
        return new QuantileConformal(level, quantile, truth.Count);
    }

    /// <summary>The calibrated interval; crossing quantiles collapse to their middle first.</summary>
    public Interval Around(Interval predicted)
    {
        var (lower, upper) = (predicted.Lower - Quantile, predicted.Upper + Quantile);
        return lower <= upper ? new Interval(lower, upper) : new Interval((lower + upper) / 2, (lower + upper) / 2);
    }

    private static IEnumerable<double> Scores(IReadOnlyList<double> truth, IReadOnlyList<Interval> predicted) =>
        truth.Zip(predicted, (value, interval) => Math.Max(interval.Lower - value, value - interval.Upper));
}
