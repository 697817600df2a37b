using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Rivals;

/// <summary>The models the champion is shown beside, in the order of the table.</summary>
public static class RivalTable
{
    public const string RawBoosting = "gradient boosting (raw columns)";

    // A third of the columns per tree, the forest's usual setting here, leaves trees of few columns without the ones that matter: every split sees all of them.
    private static readonly LightGbmRegressor Forest = new("random forest", LightGbmRegressor.RandomForest.Options with { FeatureFraction = 1, MinRowsInLeaf = 1 });

    public static IReadOnlyList<IDesignModel> Fast { get; } =
    [
        new TabularRival("train mean", new TrainMeanRegressor(), ruleFeatures: false, logarithmic: false),
        new TabularRival("train median", new TrainMedianRegressor(), ruleFeatures: false, logarithmic: false),
        new TabularRival("linear (raw columns)", RidgeRegressor.Linear, ruleFeatures: false, logarithmic: true),
        new TabularRival("random forest (raw columns)", Forest, ruleFeatures: false, logarithmic: true),
        new TabularRival(RawBoosting, LightGbmRegressor.Boosting, ruleFeatures: false, logarithmic: true),
        new TabularRival("gradient boosting (rule features)", LightGbmRegressor.Boosting, ruleFeatures: true, logarithmic: true),
        new RulesOnly(),
    ];
}
