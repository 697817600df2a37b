using Headroom.Interference.Champion;
using Headroom.Interference.Models;
using Headroom.Learning.Conformal;
using Headroom.Learning.Metrics;

namespace Headroom.Interference.Evaluation;

/// <summary>Fits every model on each repeat's training runs and scores it on the runs it has not seen.</summary>
public static class InterferenceEvaluation
{
    /// <param name="protocol">What is new about the scored runs.</param>
    /// <param name="models">Whom to score.</param>
    /// <param name="split">The split of a repeat, by its seed.</param>
    /// <param name="repeats">How often; each with a seed of its own.</param>
    /// <param name="seed">Of the first repeat.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between and inside trainings.</param>
    public static IReadOnlyList<Score> Run(
        Protocol protocol, IReadOnlyList<IInterferenceModel> models, Func<int, EvaluationSplit> split, int repeats, int seed,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var outcomes = new Dictionary<string, List<Outcome>>();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var contest = Contest(protocol, models, split(seed + repeat));
            foreach (var (name, model, (train, test, _)) in contest)
            {
                cancellationToken.ThrowIfCancellationRequested();
                outcomes.TryAdd(name, []);
                outcomes[name].Add(Score(model.Fit(train, seed + repeat, cancellationToken), test));
                progress?.Report((repeat + ((double)outcomes.Count(entry => entry.Value.Count > repeat) / contest.Count)) / repeats);
            }
        }

        return [.. outcomes.Select(entry => Summary(protocol, entry.Key, entry.Value))];
    }

    /// <summary>
    /// Who learns what. A new application is one that is met live, so there all models look at what live frames show: the many other columns say which application
    /// a run was, and tempt a model to remember that. The rivals on statistics get all columns besides, lest it be the choice of columns that beats them.
    /// </summary>
    private static List<(string Name, IInterferenceModel Model, EvaluationSplit Runs)> Contest(
        Protocol protocol, IReadOnlyList<IInterferenceModel> models, EvaluationSplit whole)
    {
        var live = protocol == Protocol.Application ? whole.Live() : null;
        return
        [
            .. models.Select(model => (model.Name, model, live ?? whole)),
            .. models.OfType<TabularModel>().Where(_ => live is not null).Select(model => ($"{model.Name}, all columns", (IInterferenceModel)model, whole)),
        ];
    }

    private static Outcome Score(IFittedInterferenceModel model, Runs.RunSet test)
    {
        using var resource = model as IDisposable;
        var truth = test.Runs.Select(run => run.Label!.Value).ToArray();
        if (model is not FittedChampion champion)
        {
            return new Outcome(RegressionMetrics.Of(truth, model.Predict(test.Runs)), null, null);
        }

        var (values, intervals) = champion.PredictWithIntervals(test.Runs);
        return new Outcome(RegressionMetrics.Of(truth, values), Interval.Coverage(intervals, truth), intervals.Average(interval => interval.Width));
    }

    private static Score Summary(Protocol protocol, string name, List<Outcome> outcomes)
    {
        var mae = outcomes.Average(outcome => outcome.Metrics.Mae);
        return new Score(
            protocol,
            name,
            (int)Math.Round(outcomes.Average(outcome => outcome.Metrics.Count)),
            mae,
            outcomes.Count < 2 ? null : Math.Sqrt(outcomes.Sum(outcome => Math.Pow(outcome.Metrics.Mae - mae, 2)) / (outcomes.Count - 1)),
            outcomes.Average(outcome => outcome.Metrics.Mse),
            outcomes.Average(outcome => outcome.Metrics.R2),
            outcomes.Average(outcome => outcome.Coverage),
            outcomes.Average(outcome => outcome.IntervalWidth));
    }

    private sealed record Outcome(RegressionMetrics Metrics, double? Coverage, double? IntervalWidth);
}
