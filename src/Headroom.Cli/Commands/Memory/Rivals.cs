using Headroom.Learning.Splits;
using Headroom.Learning.Tabular;
using Headroom.MemoryPlacement.Costs;

namespace Headroom.Cli.Commands.Memory;

/// <summary>The usual regressors on the logarithm of the time, fitted and scored like ours.</summary>
internal static class Rivals
{
    public static IReadOnlyList<(string Name, double MapePercent)> Score<T>(
        CostTask<T> task, Func<T, float[]> features, IReadOnlyList<T>? train, IReadOnlyList<T> scored, int folds, int seed, CancellationToken cancellationToken) =>
        [.. TabularRegressors.Rivals.Where(rival => rival is not GammaGlmRegressor).Select(rival =>
        {
            var errors = train is null
                ? GroupSplits.Folds([.. scored.Select(task.Group)], folds, seed)
                    .SelectMany(split => Errors(task, features, rival, [.. split.Train.Select(row => scored[row])], [.. split.Test.Select(row => scored[row])], seed, cancellationToken))
                : Errors(task, features, rival, train, scored, seed, cancellationToken);
            return (rival.Name, 100 * errors.Average());
        })];

    private static IEnumerable<double> Errors<T>(
        CostTask<T> task, Func<T, float[]> features, ITabularRegressor rival, IReadOnlyList<T> train, IReadOnlyList<T> scored, int seed, CancellationToken cancellationToken)
    {
        var rows = train.Select(features).ToArray();
        var set = new TabularSet([.. Enumerable.Range(0, rows[0].Length).Select(column => $"x{column}")], rows, [.. train.Select(row => Math.Log(task.Truth(row)))]);
        var predicted = rival.Fit(set, seed, cancellationToken).Predict([.. scored.Select(features)]);
        return scored.Zip(predicted, (row, log) => Math.Abs(Math.Exp(log) - task.Truth(row)) / task.Truth(row));
    }
}
