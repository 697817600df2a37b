using Headroom.Interference.Features;
using Headroom.Interference.Runs;
using Headroom.Learning.Kernels;
using Headroom.Learning.Kernels.Pairs;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Champion;

/// <summary>One model the champion may be put together from.</summary>
/// <param name="Regressor">What learns.</param>
/// <param name="PlainOnly">It sees the plain columns only: many columns tempt trees to memorise mixes.</param>
public sealed record ChampionMember(ITabularRegressor Regressor, bool PlainOnly = false);

/// <summary>The models the champion may be put together from.</summary>
public static class ChampionMembers
{
    /// <summary>Rows a Gaussian process keeps: the work grows with their cube.</summary>
    public const int MaxProcessRows = 2500;

    /// <summary>Those that can learn from windows with these features.</summary>
    public static IReadOnlyList<ChampionMember> For(RichFeatures features) => features.Pairs is null ? Always : [.. Always, Pairs(features.Schema)];

    /// <summary>In the order in which they are tried: smooth models first, because unseen mixes lie between and beyond the seen ones.</summary>
    private static IReadOnlyList<ChampionMember> Always { get; } =
    [
        new(new GaussianProcessRegressor("smooth process", new GaussianProcessOptions { LengthScale = 2, Noise = 0.05, MaxRows = MaxProcessRows })),
        new(new LightGbmRegressor("random thresholds", new LightGbmOptions
        {
            Rounds = 500, LearningRate = 0.05, Leaves = 15, MinRowsInLeaf = 10, FeatureFraction = 0.3, BaggingFraction = 0.7, MaxBins = 32, ExtraTrees = true,
        })),
        new(new LightGbmRegressor("boosted median", new LightGbmOptions
        {
            Objective = "regression_l1", Rounds = 400, LearningRate = 0.05, Leaves = 15, MinRowsInLeaf = 5, FeatureFraction = 0.5, BaggingFraction = 0.8, MaxBins = 127,
        }), PlainOnly: true),
        new(LightGbmRegressor.Boosting, PlainOnly: true),
        new(LightGbmRegressor.RandomForest, PlainOnly: true),
    ];

    /// <summary>For pairs of known jobs: a process that knows which columns are whose. What both share stands on either side.</summary>
    private static ChampionMember Pairs(FeatureSchema schema)
    {
        var shared = Enumerable.Range(schema.Metrics.Count, schema.Context.Count).ToArray();
        return new(new PairProcessRegressor("pair process", new PairProcessOptions { First = Side(FeatureBlock.Target), Second = Side(FeatureBlock.Neighbours) }), PlainOnly: true);

        int[] Side(FeatureBlock block) => [.. Enumerable.Range(0, schema.Metrics.Count).Where(metric => schema.Metrics[metric].Block == block), .. shared];
    }
}
