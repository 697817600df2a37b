using Headroom.Learning.Conformal;

namespace Headroom.Interference.Champion;

/// <summary>
/// Intervals that hold on new groups. Residuals come from left-out groups; the expected error is their local mean over the predicted value (small for windows
/// that are nearly dead or nearly undisturbed), smoothed over other groups only while calibrating; the conformal quantile of residual over expected error does the rest.
/// There every group counts the same, because the rows to come are of new groups.
/// </summary>
/// <param name="Level">Wanted coverage.</param>
/// <param name="Quantile">Half-width in expected errors.</param>
/// <param name="CalibrationCount">Residuals behind it.</param>
/// <param name="Grid">Predicted values, rising, at which the expected error is known.</param>
/// <param name="Expected">Expected error there.</param>
public sealed record IntervalModel(double Level, double Quantile, int CalibrationCount, double[] Grid, double[] Expected)
{
    private const int GridPoints = 41;

    /// <summary>Smoothing width as a share of the range of predictions.</summary>
    private const double Bandwidth = 0.1;

    /// <summary>The expected error never falls below this share of the mean error.</summary>
    private const double FloorShare = 0.4;

    /// <param name="truth">True values of held-out rows.</param>
    /// <param name="predicted">Predictions by models that had not seen the row's group.</param>
    /// <param name="groups">Group of each row.</param>
    /// <param name="level">Wanted coverage.</param>
    /// <param name="doubt">Whether groups that all others contradict hardly count (<see cref="GroupWeights"/>): where there are others that could.</param>
    public static IntervalModel Fit(double[] truth, double[] predicted, string[] groups, double level, bool doubt)
    {
        var residuals = truth.Zip(predicted, (value, guess) => Math.Abs(value - guess)).ToArray();
        var (low, high) = (predicted.Min(), predicted.Max());
        var grid = Enumerable.Range(0, GridPoints).Select(index => low + ((high - low) * index / (GridPoints - 1))).ToArray();
        var all = new LocalMean(grid, Bandwidth * Math.Max(high - low, 1e-9), FloorShare * residuals.Average());
        foreach (var (guess, residual) in predicted.Zip(residuals))
        {
            all.Add(guess, residual);
        }

        var scales = new double[residuals.Length];
        foreach (var group in Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]).Where(rows => rows.Count() < groups.Length))
        {
            var others = all.Clone();
            foreach (var row in group)
            {
                others.Remove(predicted[row], residuals[row]);
            }

            var expected = others.Values();
            foreach (var row in group)
            {
                scales[row] = Interpolate(grid, expected, predicted[row]);
            }
        }

        for (var row = 0; row < scales.Length; row++)
        {
            scales[row] = scales[row] > 0 ? scales[row] : residuals.Average();
        }

        var scores = residuals.Zip(scales, (residual, scale) => residual / Math.Max(scale, 1e-9)).ToArray();
        var weights = doubt ? GroupWeights.Doubting(scores, groups) : GroupWeights.Equal(groups);
        return new IntervalModel(level, ConformalQuantile.Weighted(scores, weights, level, weights.Average()), scores.Length, grid, all.Values());
    }

    public Interval Around(double predicted)
    {
        var halfWidth = Quantile * Interpolate(Grid, Expected, predicted);
        return new Interval(predicted - halfWidth, predicted + halfWidth);
    }

    private static double Interpolate(double[] grid, double[] values, double at)
    {
        var step = (grid[^1] - grid[0]) / (grid.Length - 1);
        var place = step > 0 ? Math.Clamp((at - grid[0]) / step, 0, grid.Length - 1) : 0;
        var below = Math.Min((int)place, grid.Length - 2);
        return values[below] + ((place - below) * (values[below + 1] - values[below]));
    }
}
