using Headroom.Learning.LightGbm;

namespace Headroom.Learning.Tabular;

/// <summary>A way to learn a yes/no question from a row of features; targets are 0 and 1, predictions are probabilities of 1.</summary>
public interface ITabularClassifier
{
    /// <summary>Name in tables and on the command line.</summary>
    string Name { get; }

    ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken);
}

/// <summary>Predicts the training share of 1: what any classifier must beat.</summary>
public sealed class BaseRateClassifier : ITabularClassifier
{
    public string Name => "base rate";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => new ConstantModel(train.Targets.Average());
}

/// <summary>Boosted trees for a yes/no question.</summary>
public sealed class LightGbmClassifier(string name, LightGbmOptions options) : ITabularClassifier
{
    public string Name => name;

    public static LightGbmClassifier Boosting { get; } = new("gradient boosting", LightGbmRegressor.Boosting.Options with { Objective = "binary" });

    public static LightGbmClassifier RandomForest { get; } = new("random forest", LightGbmRegressor.RandomForest.Options with { Objective = "binary" });

    /// <exception cref="ArgumentException">A target is neither 0 nor 1.</exception>
    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        if (Array.FindIndex(train.Targets, target => target is not (0 or 1)) is >= 0 and var bad)
        {
            throw new ArgumentException($"Expected targets 0 or 1, row {bad} has {train.Targets[bad]}.", nameof(train));
        }

        return LightGbmModel.Train(train, options, seed, cancellationToken);
    }
}
