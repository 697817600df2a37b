using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>A rule of thumb: watts straight from the columns, or from a number or two learnt on the training rows.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="learn">Takes the training rows and returns the rule.</param>
public sealed class RuleRegressor(string name, Func<TabularSet, Func<float[], double>> learn) : ITabularRegressor
{
    public string Name => name;

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => new Model(learn(train));

    private sealed record Model(Func<float[], double> Rule) : ITabularModel
    {
        public double[] Predict(float[][] rows) => Array.ConvertAll(rows, row => Rule(row));
    }
}
