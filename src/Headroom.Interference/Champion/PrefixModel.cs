using Headroom.Learning.Tabular;

namespace Headroom.Interference.Champion;

/// <summary>A model that sees only the first columns of a row.</summary>
internal sealed record PrefixModel(int Width, ITabularModel Model) : ITabularModel
{
    public double[] Predict(float[][] rows) => Model.Predict(Array.ConvertAll(rows, row => row[..Width]));

    public static TabularSet Narrow(TabularSet set, int width) => width == set.Columns.Count
        ? set
        : new TabularSet([.. set.Columns.Take(width)], Array.ConvertAll(set.Features, row => row[..width]), set.Targets, set.Groups, set.Weights);
}
