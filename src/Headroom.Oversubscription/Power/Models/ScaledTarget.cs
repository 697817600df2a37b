using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>
/// Learns ln(watts / prior) instead of watts: errors then count in proportion, and what the prior already explains (chips times TDP, GPUs times
/// their rating) need not be learnt.
/// </summary>
/// <param name="inner">Learns the logarithm.</param>
/// <param name="prior">Expected watts of a row, above 0.</param>
public sealed class ScaledTarget(ITabularRegressor inner, Func<float[], double> prior) : ITabularRegressor
{
    public string Name => $"{inner.Name}, relative";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        var targets = train.Targets.Select((watts, row) => Math.Log(Math.Max(watts, 1e-3) / prior(train.Features[row]))).ToArray();
        return new Model(inner.Fit(new TabularSet(train.Columns, train.Features, targets, train.Groups, train.Weights), seed, cancellationToken), prior);
    }

    private sealed record Model(ITabularModel Inner, Func<float[], double> Prior) : ITabularModel
    {
        public double[] Predict(float[][] rows) =>
            [.. Inner.Predict(rows).Zip(rows, (logarithm, row) => Math.Exp(logarithm) * Prior(row))];
    }
}
