using Headroom.Learning.Kernels;
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

    /// <summary>In the order in which they are tried: smooth models first, because unseen mixes lie between and beyond the seen ones.</summary>
    public static IReadOnlyList<ChampionMember> All { get; } =
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
    ];
}
