using System.Numerics.Tensors;
using Headroom.Learning.Scaling;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Kernels;

/// <summary>How a Gaussian process sees distance.</summary>
public sealed record GaussianProcessOptions
{
    /// <summary>Distance, in training deviations per column, over which two rows stop resembling each other.</summary>
    public double LengthScale { get; init; } = 2;

    /// <summary>Variance of the noise as a share of the signal's.</summary>
    public double Noise { get; init; } = 0.02;

    /// <summary>Scaled features are clipped to this many deviations, so that one wild counter does not decide alone.</summary>
    public double Clip { get; init; } = 4;

    /// <summary>Rows kept; more are thinned at random, because the work grows with their cube.</summary>
    public int MaxRows { get; init; } = 4000;
}

/// <summary>
/// Gaussian process regression with the exponential (Matern 1/2) kernel k = exp(-|x - x'| / (length * sqrt(columns))) on standardised columns
/// (Rasmussen and Williams 2006, algorithm 2.1). Knows how far a row lies from everything it was trained on.
/// </summary>
public sealed class GaussianProcessRegressor(string name, GaussianProcessOptions options) : ITabularRegressor
{
    public string Name => name;

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        train = train.Thin(options.MaxRows, new Random(seed));
        var scaler = StandardScaler.Fit(train.Features);
        var points = Array.ConvertAll(train.Features, row => GaussianProcessModel.Scale(scaler, row, options.Clip));
        var factor = new double[points.Length][];
        for (var row = 0; row < points.Length; row++)
        {
            factor[row] = new double[row + 1];
            for (var column = 0; column <= row; column++)
            {
                factor[row][column] = GaussianProcessModel.Kernel(points[row], points[column], options.LengthScale);
            }

            factor[row][row] += options.Noise / (train.Weights?[row] ?? 1);
        }

        Cholesky.Factor(factor, cancellationToken);
        var mean = train.Targets.Average();
        var weights = Array.ConvertAll(train.Targets, target => target - mean);
        Cholesky.SolveLower(factor, weights);
        var signal = Math.Max(TensorPrimitives.Dot<double>(weights, weights) / weights.Length, 1e-12);
        Cholesky.SolveUpper(factor, weights);
        return new GaussianProcessModel(options, scaler, points, weights, mean, signal) { Factor = factor };
    }
}
