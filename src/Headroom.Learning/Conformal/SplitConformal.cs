namespace Headroom.Learning.Conformal;

/// <summary>
/// Split conformal intervals: scores s = |y - f| / scale on held-out rows, interval f +- q scale.
/// Exchangeable rows are covered with probability in [level, level + 1/(n+1)].
/// </summary>
public sealed record SplitConformal(double Level, double Quantile, int CalibrationCount)
{
    /// <param name="truth">True values of held-out rows.</param>
    /// <param name="predicted">Predictions for them by a model that did not see them.</param>
    /// <param name="level">Wanted coverage, 0 to 1.</param>
    /// <param name="scale">Expected size of each row's error; null for the same size everywhere.</param>
    public static SplitConformal Fit(IReadOnlyList<double> truth, IReadOnlyList<double> predicted, double level, IReadOnlyList<double>? scale = null)
    {
        var scores = truth.Select((value, row) => Math.Abs(value - predicted[row]) / (scale?[row] ?? 1)).ToArray();
        return new SplitConformal(level, ConformalQuantile.Of(scores, level), scores.Length);
    }

    /// <summary>As <see cref="Fit"/>, with every group weighing the same whatever its number of rows: for new rows of new groups.</summary>
    public static SplitConformal FitByGroup(
        IReadOnlyList<double> truth, IReadOnlyList<double> predicted, IReadOnlyList<string> groups, double level, IReadOnlyList<double>? scale = null)
    {
        var sizes = groups.GroupBy(group => group).ToDictionary(rows => rows.Key, rows => rows.Count());
        var scores = truth.Select((value, row) => Math.Abs(value - predicted[row]) / (scale?[row] ?? 1)).ToArray();
        var weights = groups.Select(group => 1.0 / sizes[group]).ToArray();
        var ownWeight = weights.Length == 0 ? 1 : weights.Average();
        return new SplitConformal(level, ConformalQuantile.Weighted(scores, weights, level, ownWeight), scores.Length);
    }

    public Interval Around(double predicted, double scale = 1) => new(predicted - (Quantile * scale), predicted + (Quantile * scale));
}
