using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>Shows a learner only some columns.</summary>
public sealed class ColumnsOf(ITabularRegressor inner, IReadOnlyList<int> columns, string? name = null) : ITabularRegressor
{
    public string Name => name ?? inner.Name;

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => new Model(
        inner.Fit(new TabularSet([.. columns.Select(column => train.Columns[column])], Pick(train.Features), train.Targets, train.Groups, train.Weights), seed, cancellationToken),
        this);

    private float[][] Pick(float[][] rows) => Array.ConvertAll(rows, row => columns.Select(column => row[column]).ToArray());

    private sealed record Model(ITabularModel Inner, ColumnsOf Owner) : ITabularModel
    {
        public double[] Predict(float[][] rows) => Inner.Predict(Owner.Pick(rows));
    }
}
