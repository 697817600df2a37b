using Headroom.Learning.Scaling;

namespace Headroom.Learning.Tabular;

/// <summary>Logistic regression on standardised features, fitted by iteratively reweighted least squares with a ridge penalty.</summary>
public sealed class LogisticClassifier(double penaltyPerRow = 1e-3, int iterations = 50) : ITabularClassifier
{
    public string Name => "logistic regression";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        var scaler = StandardScaler.Fit(train.Features);
        var rows = scaler.Transform(train.Features);
        var working = new double[train.Count];
        var weights = new double[train.Count];
        var model = new LinearModel(scaler, new double[train.Columns.Count + 1]);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var row = 0; row < train.Count; row++)
            {
                var score = model.Linear(train.Features[row]);
                var probability = LogisticModel.Probability(score);
                var variance = Math.Max(probability * (1 - probability), 1e-6);
                working[row] = score + ((train.Targets[row] - probability) / variance);
                weights[row] = variance * (train.Weights?[row] ?? 1);
            }

            var next = new LinearModel(scaler, LinearAlgebra.WeightedRidge(rows, working, weights, penaltyPerRow * train.Count));
            var moved = next.Coefficients.Zip(model.Coefficients, (a, b) => Math.Abs(a - b)).Max();
            model = next;
            if (moved < 1e-8)
            {
                break;
            }
        }

        return new LogisticModel(model);
    }
}

internal sealed record LogisticModel(LinearModel Score) : ITabularModel
{
    public double[] Predict(float[][] rows) => Array.ConvertAll(rows, row => Probability(Score.Linear(row)));

    public static double Probability(double score) => 1 / (1 + Math.Exp(-Math.Clamp(score, -30, 30)));
}
