using Headroom.Interference.Champion;
using Headroom.Interference.CloudFormer;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Models;

/// <summary>Every model of the score table, by name.</summary>
public static class ModelTable
{
    public const string CloudFormerName = CloudFormerRecipes.Tuned;

    public const string GradientBoosting = "gradient boosting";

    public const string RandomForest = "random forest";

    /// <summary>Rivals on mean, deviation and 95th percentile; seconds each.</summary>
    public static IReadOnlyList<IInterferenceModel> Tabular { get; } =
    [
        new TabularModel(new TrainMeanRegressor()),
        new TabularModel(new ConstantRegressor(1)),
        new TabularModel(RidgeRegressor.Linear),
        new TabularModel(new GammaGlmRegressor(), smallestTarget: 1e-3),
        new TabularModel(LightGbmRegressor.DecisionTree),
        new TabularModel(LightGbmRegressor.RandomForest),
        new TabularModel(LightGbmRegressor.Boosting),
        new TabularModel(new FastTreeRegressor()),
    ];

    /// <summary>Networks; minutes each.</summary>
    public static IReadOnlyList<IInterferenceModel> Networks { get; } = CloudFormerRecipes.All;

    /// <summary>All models for windows whose novelty is known.</summary>
    public static IReadOnlyList<IInterferenceModel> All(Novelty novelty) => [new ChampionModel(novelty), .. Networks, .. Tabular];

    /// <summary>The models of a list of names; "all", "tabular" (the champion and the rivals on statistics) and "networks" stand for several.</summary>
    /// <exception cref="ArgumentException">A name is unknown; the message lists those there are.</exception>
    public static IReadOnlyList<IInterferenceModel> Named(IReadOnlyList<string> names, Novelty novelty)
    {
        var all = All(novelty);
        return [.. names.SelectMany(name => name switch
        {
            "all" => all,
            "tabular" => [new ChampionModel(novelty), .. Tabular],
            "networks" => Networks,
            _ => all.Where(model => model.Name == name) is var found && found.Any() ? found : throw new ArgumentException(
                $"Expected all, tabular, networks or one of {string.Join(", ", all.Select(model => model.Name))}, got '{name}'.", nameof(names)),
        }).DistinctBy(model => model.Name)];
    }
}
