using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Oversubscription.Power.Models;
using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Cli.Commands.Power;

/// <summary><c>headroom evaluate power</c>: every server power model on rows that none was fitted on.</summary>
internal static class EvaluatePower
{
    private const string Boosting = "gradient boosting";

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder that holds the public data sets, or one of them, or a file (default: shared/datasets beside the checkout, or HEADROOM_DATASETS). Rows not marked train are scored." };
        var train = new Option<string?>("--train") { Description = "Folder or file to fit on instead of the train rows of --data." };
        var test = new Option<string?>("--test") { Description = "Folder or file of the same layout whose every row is scored, whatever its split says." };
        var repeats = new Option<int>("--repeats") { Description = "Fits of our models with different seeds; figures are the mean (default 1).", DefaultValueFactory = _ => 1 };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("power", "Score server power models on measured power.") { data, train, test, repeats, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var report = Run(
                    DatasetFolder.Find(parsed.GetValue(data)), parsed.GetValue(train), parsed.GetValue(test), parsed.GetValue(seed), parsed.GetValue(repeats), cancellationToken);
                ReportWriter.Write(report, parsed.GetValue(json));
                return Task.FromResult(0);
            }
            catch (Exception error) when (error is InvalidDataException or ArgumentOutOfRangeException)
            {
                Console.Error.WriteLine($"headroom evaluate power: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    private static Report Run(string data, string? train, string? test, int seed, int repeats, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var scores = new List<PowerScore>();
        foreach (var question in PowerQuestions.All)
        {
            if (PowerEvaluation.Split(question, data, train, test) is var (fitted, scored))
            {
                scores.AddRange(PowerEvaluation.Scores(question, fitted, scored, seed, repeats, cancellationToken));
            }
        }

        return scores.Count == 0
            ? throw new InvalidDataException($"expected one of {string.Join(", ", PowerQuestions.All.Select(question => question.Folder).Distinct())} in {test ?? data}, or a file of their layout; found none")
            : new Report("evaluate power", Machine.Read(), seed, [.. PowerQuestions.All.SelectMany(question => Figures(question, scores))], [ScoreTable(scores), ServerTable(data)]);
    }

    private static IEnumerable<Figure> Figures(IPowerQuestion question, IReadOnlyList<PowerScore> scores)
    {
        var asked = scores.Where(score => score.Question == question.Name).ToArray();
        if (asked.Length == 0)
        {
            yield break;
        }

        var ours = asked.Single(score => score.Model == question.Ours.Name);
        var boosting = asked.Single(score => score.Model == Boosting);
        yield return question.Figure.EndsWith("_smape", StringComparison.Ordinal)
            ? Figure.Versus(question.Figure, ours.Metrics.SmapePercent, "%", Boosting, boosting.Metrics.SmapePercent)
            : Figure.Versus(question.Figure, ours.Metrics.Mae, "W", Boosting, boosting.Metrics.Mae);
        yield return Figure.Versus($"{question.Figure}.coverage", ours.Coverage!.Value, "1", "level", PowerEvaluation.Level);
    }

    private static Table ScoreTable(IReadOnlyList<PowerScore> scores) => new(
        "models",
        ["question", "model", "n", "mae_w", "mae_spread_w", "rmse_w", "r2", "smape_percent", "coverage", "interval_width_w"],
        [.. scores.Select(score => (IReadOnlyList<object?>)
        [
            score.Question, score.Model, score.Metrics.Count, score.Metrics.Mae, score.MaeSpread, score.Metrics.Rmse, score.Metrics.R2,
            score.Metrics.SmapePercent, score.Coverage, score.MeanWidth,
        ])]);

    private static Table ServerTable(string data) => new(
        "measured_servers",
        ["gpu", "gpus", "runs", "idle_w", "mean_w_under_load", "peak_w"],
        [.. MeasuredServer.ReadAll(data).Select(server => (IReadOnlyList<object?>)[server.Gpu, server.Gpus, server.Runs, server.IdleWatts, server.MeanWatts, server.PeakWatts])]);
}
