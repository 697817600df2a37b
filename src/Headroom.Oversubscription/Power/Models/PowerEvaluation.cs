using Headroom.Learning.Conformal;
using Headroom.Learning.Metrics;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>How far one model lies from measured power.</summary>
/// <param name="Question">Name of the question.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Metrics">Errors in W and percent, the mean over the repeats.</param>
/// <param name="MaeSpread">Standard deviation of the mean absolute error over the repeats, W; null for one repeat.</param>
/// <param name="Coverage">Share of measured values inside the 90 % interval; null for models without one.</param>
/// <param name="MeanWidth">Mean width of the interval, W.</param>
public sealed record PowerScore(string Question, string Model, RegressionMetrics Metrics, double? MaeSpread, double? Coverage, double? MeanWidth);

/// <summary>Fits on training groups only, scores rows that nothing was fitted or tuned on.</summary>
public static class PowerEvaluation
{
    public const double Level = 0.9;

    /// <summary>
    /// Rows to fit and rows to score. Scored is every row of <paramref name="test"/>, or the rows of <paramref name="data"/> that are not marked train. Fitted are the
    /// rows marked train (all rows of a file without marks) of <paramref name="train"/>, or of <paramref name="data"/>; a group that is scored is never fitted.
    /// </summary>
    /// <returns>Null where the paths hold no table of this layout.</returns>
    /// <exception cref="InvalidDataException">There are tables, but nothing to fit or nothing to score.</exception>
    public static (TabularSet Train, TabularSet Scored)? Split(IPowerQuestion question, string data, string? train, string? test)
    {
        var scoredSet = PowerFiles.Read(question, test ?? data);
        var fittedSet = PowerFiles.Read(question, train ?? data);
        if (scoredSet is null || fittedSet is null)
        {
            return null;
        }

        var scored = test is null ? scoredSet.NotTrain : scoredSet.Rows;
        var marked = fittedSet.Splits.Contains("train") ? fittedSet.Train : fittedSet.Rows;
        var taken = scored.Groups.ToHashSet();
        var fitted = marked.Take([.. Enumerable.Range(0, marked.Count).Where(row => !taken.Contains(marked.Groups[row]))]);
        return scored.Count == 0
            ? throw new InvalidDataException($"{question.Name}: every row of {test ?? data} is marked as train: there is nothing to score.")
            : fitted.Count == 0
            ? throw new InvalidDataException($"{question.Name}: {train ?? data} has no training row whose group is not scored too.")
            : (fitted, scored);
    }

    /// <summary>Scores of our model, the question's rules and the usual rivals, best first.</summary>
    public static IReadOnlyList<PowerScore> Scores(IPowerQuestion question, TabularSet train, TabularSet scored, int seed, int repeats, CancellationToken cancellationToken)
    {
        var ours = Enumerable.Range(0, repeats).Select(repeat => ScoreOurs(question, train, scored, seed + repeat, cancellationToken)).ToArray();
        var mean = new PowerScore(
            question.Name, question.Ours.Name, Mean([.. ours.Select(score => score.Metrics)]), Spread([.. ours.Select(score => score.Metrics.Mae)]),
            ours.Average(score => score.Coverage), ours.Average(score => score.MeanWidth));
        var rivals = question.Rules.Concat(TabularRegressors.Rivals).Select(rival => new PowerScore(
            question.Name, rival.Name, RegressionMetrics.Of(scored.Targets, rival.Fit(train, seed, cancellationToken).Predict(scored.Features)), null, null, null));
        return [.. rivals.Prepend(mean).OrderBy(score => score.Metrics.Mae)];
    }

    private static PowerScore ScoreOurs(IPowerQuestion question, TabularSet train, TabularSet scored, int seed, CancellationToken cancellationToken)
    {
        var model = question.Ours.FitBlend(train, seed, Level, cancellationToken);
        var (predicted, intervals) = model.PredictWithin(scored.Features);
        return new PowerScore(
            question.Name, question.Ours.Name, RegressionMetrics.Of(scored.Targets, predicted), null,
            Interval.Coverage(intervals, scored.Targets), intervals.Average(interval => interval.Width));
    }

    private static RegressionMetrics Mean(IReadOnlyList<RegressionMetrics> all) => new(
        all[0].Count, all.Average(one => one.Mae), all.Average(one => one.Mse), all.Average(one => one.R2), all.Average(one => one.SmapePercent));

    private static double? Spread(double[] values)
    {
        var mean = values.Average();
        return values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
