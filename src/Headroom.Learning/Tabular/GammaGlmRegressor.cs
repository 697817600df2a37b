using Headroom.Learning.Scaling;

namespace Headroom.Learning.Tabular;

/// <summary>How a Gamma model's mean follows from the linear score.</summary>
public enum GammaLink
{
    /// <summary>mean = exp(score): always positive.</summary>
    Log,

    /// <summary>mean = 1 / score, the canonical link (used by CloudFormer's table IV); not bounded, can go wild outside the training range.</summary>
    InversePower,
}

/// <summary>Gamma generalised linear model, fitted by iteratively reweighted least squares with a small ridge penalty. Targets must be positive.</summary>
public sealed class GammaGlmRegressor(GammaLink link = GammaLink.InversePower, double penaltyPerRow = 1e-4, int iterations = 50) : ITabularRegressor
{
    public string Name { get; } = link == GammaLink.Log ? "Gamma GLM (log)" : "Gamma GLM";

    /// <exception cref="ArgumentException">A target is zero or negative.</exception>
    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        if (Array.FindIndex(train.Targets, target => target <= 0) is >= 0 and var bad)
        {
            throw new ArgumentException($"Expected positive targets for a Gamma model, row {bad} has {train.Targets[bad]}.", nameof(train));
        }

        var scaler = StandardScaler.Fit(train.Features);
        var rows = scaler.Transform(train.Features);
        var mean = (double[])train.Targets.Clone();
        var working = new double[train.Count];
        var weights = new double[train.Count];
        double[] coefficients = [];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var row = 0; row < rows.Length; row++)
            {
                // Working response z = eta + (y - mu) eta'(mu); Gamma variance is mu^2.
                var mu = mean[row];
                var residual = train.Targets[row] - mu;
                (working[row], weights[row]) = link == GammaLink.Log ? (Math.Log(mu) + (residual / mu), 1) : ((1 / mu) - (residual / (mu * mu)), mu * mu);
                weights[row] *= train.Weights?[row] ?? 1;
            }

            var next = LinearAlgebra.WeightedRidge(rows, working, weights, penaltyPerRow * train.Count);
            var moved = coefficients.Length == 0 ? double.PositiveInfinity : next.Zip(coefficients, (a, b) => Math.Abs(a - b)).Max();
            coefficients = next;
            var model = new LinearModel(scaler, coefficients);
            for (var row = 0; row < rows.Length; row++)
            {
                mean[row] = GammaModel.Mean(link, model.Linear(train.Features[row]));
            }

            if (moved < 1e-8)
            {
                break;
            }
        }

        return new GammaModel(link, new LinearModel(scaler, coefficients));
    }
}

internal sealed record GammaModel(GammaLink Link, LinearModel Score) : ITabularModel
{
    public double[] Predict(float[][] rows) => Array.ConvertAll(rows, row => Mean(Link, Score.Linear(row)));

    // The score is kept where the mean is defined; the bounds are far outside any target seen in training.
    public static double Mean(GammaLink link, double score) => link == GammaLink.Log
        ? Math.Exp(Math.Clamp(score, -50, 50))
        : 1 / Math.Max(score, 1e-9);
}
