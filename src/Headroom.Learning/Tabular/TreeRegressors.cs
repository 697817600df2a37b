using Headroom.Learning.LightGbm;

namespace Headroom.Learning.Tabular;

/// <summary>Trees grown by LightGBM: boosting, a forest, a single tree or a quantile, by options.</summary>
public sealed class LightGbmRegressor(string name, LightGbmOptions options) : ITabularRegressor
{
    public string Name => name;

    public LightGbmOptions Options => options;

    /// <summary>Gradient boosting with usual settings.</summary>
    public static LightGbmRegressor Boosting { get; } = new("gradient boosting", new LightGbmOptions { FeatureFraction = 0.8, BaggingFraction = 0.8, MaxBins = 127 });

    /// <summary>Deep independent trees, each on 63 % of the rows and a third of the columns.</summary>
    public static LightGbmRegressor RandomForest { get; } = new("random forest", new LightGbmOptions
    {
        Boosting = "rf",
        Rounds = 200,
        Leaves = 512,
        MinRowsInLeaf = 3,
        BaggingFraction = 0.632,
        FeatureFraction = 0.34,
        MaxBins = 63,
    });

    /// <summary>One tree.</summary>
    public static LightGbmRegressor DecisionTree { get; } = new("decision tree", new LightGbmOptions { Rounds = 1, LearningRate = 1, Leaves = 63, MinRowsInLeaf = 5 });

    /// <summary>Boosting for one quantile of the target, for conformalized quantile regression.</summary>
    public static LightGbmRegressor Quantile(double quantile) => new($"quantile {quantile:0.###}", Boosting.Options with { Objective = "quantile", Alpha = quantile, Leaves = 15, MinRowsInLeaf = 30 });

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => LightGbmModel.Train(train, options, seed, cancellationToken);
}
