using Headroom.Learning.Scaling;

namespace Headroom.Learning.Tabular;

/// <summary>Least squares on standardised features with a penalty on the squared coefficients (times the number of rows). Penalty 0 is plain linear regression.</summary>
public sealed class RidgeRegressor(double penaltyPerRow, string? name = null) : ITabularRegressor
{
    public string Name { get; } = name ?? "ridge";

    /// <summary>Linear regression, with just enough penalty to survive collinear columns.</summary>
    public static RidgeRegressor Linear { get; } = new(1e-6, "linear regression");

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        var scaler = StandardScaler.Fit(train.Features);
        var weights = train.Weights is null ? null : Array.ConvertAll(train.Weights, weight => (double)weight);
        var coefficients = LinearAlgebra.WeightedRidge(scaler.Transform(train.Features), train.Targets, weights, penaltyPerRow * train.Count);
        return new LinearModel(scaler, coefficients);
    }
}

/// <summary>A linear model on standardised features.</summary>
/// <param name="Scaler">Learnt on the training rows.</param>
/// <param name="Coefficients">One per column, then the intercept.</param>
public sealed record LinearModel(StandardScaler Scaler, IReadOnlyList<double> Coefficients) : ITabularModel
{
    public double[] Predict(float[][] rows) => Array.ConvertAll(rows, Linear);

    internal double Linear(float[] row)
    {
        var scaled = Scaler.Transform(row);
        var sum = Coefficients[^1];
        for (var column = 0; column < scaled.Length; column++)
        {
            sum += scaled[column] * Coefficients[column];
        }

        return sum;
    }
}
