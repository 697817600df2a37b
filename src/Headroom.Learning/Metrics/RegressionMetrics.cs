namespace Headroom.Learning.Metrics;

/// <summary>How far predictions lie from the truth.</summary>
/// <param name="Count">Rows scored.</param>
/// <param name="Mae">Mean absolute error, in the target's unit.</param>
/// <param name="Mse">Mean squared error, in the target's unit squared.</param>
/// <param name="R2">1 - SS_res/SS_tot; null when the truth has no variance.</param>
/// <param name="SmapePercent">200/n * sum |y - p| / (|y| + |p| + epsilon), with the epsilon of the accumulator (1 as in wa-hls4ml's score.py).</param>
public sealed record RegressionMetrics(int Count, double Mae, double Mse, double? R2, double SmapePercent)
{
    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public double Rmse => Math.Sqrt(Mse);

    /// <summary>Scores whole arrays of equal length.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there is no row.</exception>
    public static RegressionMetrics Of(IReadOnlyList<double> truth, IReadOnlyList<double> predicted, double smapeEpsilon = 1)
    {
        var accumulator = new RegressionAccumulator(smapeEpsilon);
        accumulator.Add(truth, predicted);
        return accumulator.ToMetrics();
    }
}
