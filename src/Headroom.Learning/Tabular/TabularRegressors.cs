namespace Headroom.Learning.Tabular;

/// <summary>The rivals every learnt model is shown beside, in the order of the tables.</summary>
public static class TabularRegressors
{
    public static IReadOnlyList<ITabularRegressor> Rivals { get; } =
    [
        new TrainMeanRegressor(),
        new TrainMedianRegressor(),
        new ConstantRegressor(1),
        RidgeRegressor.Linear,
        new RidgeRegressor(0.1),
        new GammaGlmRegressor(),
        LightGbmRegressor.DecisionTree,
        LightGbmRegressor.RandomForest,
        LightGbmRegressor.Boosting,
        new FastTreeRegressor(),
    ];

    /// <exception cref="ArgumentException">No rival has that name; the message lists those there are.</exception>
    public static ITabularRegressor Named(string name) => Rivals.FirstOrDefault(rival => rival.Name == name)
        ?? throw new ArgumentException($"Expected one of {string.Join(", ", Rivals.Select(rival => rival.Name))}, got '{name}'.", nameof(name));
}
