namespace Headroom.Learning.Tabular;

/// <summary>Predicts the training mean everywhere: what any model must beat.</summary>
public sealed class TrainMeanRegressor : ITabularRegressor
{
    public string Name => "train mean";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => new ConstantModel(train.Targets.Average());
}

/// <summary>Predicts the training median everywhere: the best constant for the mean absolute error.</summary>
public sealed class TrainMedianRegressor : ITabularRegressor
{
    public string Name => "train median";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        var sorted = train.Targets.Order().ToArray();
        return new ConstantModel((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    }
}

/// <summary>Predicts one given number.</summary>
public sealed class ConstantRegressor(double value) : ITabularRegressor
{
    public string Name { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"constant {value}");

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => new ConstantModel(value);
}

internal sealed class ConstantModel(double value) : ITabularModel
{
    public double[] Predict(float[][] rows)
    {
        var all = new double[rows.Length];
        Array.Fill(all, value);
        return all;
    }
}
