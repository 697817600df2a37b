namespace Headroom.Learning.Tabular;

/// <summary>A way to learn a number from a row of features. Stateless; the same set and seed give the same model.</summary>
public interface ITabularRegressor
{
    /// <summary>Name in tables and on the command line.</summary>
    string Name { get; }

    ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken);
}

/// <summary>What a regressor learnt. Safe to use from several threads at once.</summary>
public interface ITabularModel
{
    /// <summary>One prediction per row, in the target's unit.</summary>
    double[] Predict(float[][] rows);
}
