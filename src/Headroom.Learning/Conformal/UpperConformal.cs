namespace Headroom.Learning.Conformal;

/// <summary>One-sided bound for capacity, "at most": scores s = y - f on held-out rows, bound f + q.</summary>
public sealed record UpperConformal(double Level, double Quantile, int CalibrationCount)
{
    public static UpperConformal Fit(IReadOnlyList<double> truth, IReadOnlyList<double> predicted, double level) =>
        new(level, ConformalQuantile.Of(truth.Zip(predicted, (value, guess) => value - guess), level), truth.Count);

    public double Above(double predicted) => predicted + Quantile;
}
