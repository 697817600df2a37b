using Headroom.Interference.Features;
using Headroom.Interference.Runs;
using Headroom.Learning.Tabular;

namespace Headroom.Interference.Models;

/// <summary>A regressor on mean, deviation and 95th percentile of every metric: the features of the rivals.</summary>
/// <param name="regressor">What learns.</param>
/// <param name="smallestTarget">Labels below are raised to it, for regressors that need positive ones.</param>
public sealed class TabularModel(ITabularRegressor regressor, double smallestTarget = double.NegativeInfinity) : IInterferenceModel
{
    public string Name => regressor.Name;

    public IFittedInterferenceModel Fit(RunSet train, int seed, CancellationToken cancellationToken)
    {
        var series = WindowFeatures.HasSeries(train);
        var rows = train.Runs.Select(run => WindowFeatures.Row(run, series)).ToArray();
        var set = new TabularSet(
            [.. WindowFeatures.Columns(train.Schema, series).Select(column => column.Name)],
            rows,
            [.. train.Runs.Select(run => Math.Max(run.Label!.Value, smallestTarget))],
            [.. train.Runs.Select(run => run.Composition)]);
        return new Fitted(regressor.Fit(set, seed, cancellationToken), series);
    }

    private sealed record Fitted(ITabularModel Model, bool Series) : IFittedInterferenceModel
    {
        public double[] Predict(IReadOnlyList<InterferenceRun> runs) => Model.Predict([.. runs.Select(run => WindowFeatures.Row(run, Series))]);
    }
}
