using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Importers;
using Headroom.Jobs.Backtests;
using Headroom.Learning.Drift;

namespace Headroom.Cli.Commands.Interference;

/// <summary><c>headroom evaluate drift</c>: do alarms come when metrics shift, and only then; with --data, do intervals still hold after months?</summary>
internal static class EvaluateDrift
{
    private const double Level = 0.9;
    private const int UnshiftedWindows = 1_000;
    private const string Shipped = "two-core-vm";

    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder with long_lived.csv (metric, region, sku, vm, t_min, value): scores intervals on series that drift." };
        var runs = new Option<DirectoryInfo?>("--runs") { Description = $"Folder with labelled runs whose metrics are shifted (default: datasets/{Shipped})." };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("drift", "Drift alarms on shifted and unshifted windows, and coverage of 90 % intervals on series that drift.") { data, runs, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                var folder = parsed.GetValue(runs)?.FullName ?? Path.Combine(new DatasetOptions().FindRuns(), Shipped);
                var scores = parsed.GetValue(data) is { } series ? DriftEvaluation.Run(series.FullName, Level) : [];
                var options = new DriftOptions();
                var scenario = Directory.Exists(folder) || scores.Count == 0
                    ? DriftScenario.Run(RunImporters.Read(folder), UnshiftedWindows, options, parsed.GetValue(seed), cancellationToken)
                    : null;
                ReportWriter.Write(Report(scores, scenario, options, parsed.GetValue(seed)), parsed.GetValue(json));
                return Task.FromResult(0);
            }
            catch (InvalidDataException error)
            {
                Console.Error.WriteLine($"headroom evaluate drift: {error.Message}");
                return Task.FromResult(1);
            }
        });
        return command;
    }

    private static Report Report(IReadOnlyList<DriftScore> scores, DriftScenarioResult? scenario, DriftOptions options, int seed) => new(
        "evaluate drift",
        Machine.Read(),
        seed,
        [.. scenario is null ? [] : ScenarioFigures(scenario, options), .. scores.Count == 0 ? [] : SeriesFigures(scores)],
        [.. scenario is null ? [] : (Table[])[ScenarioTable(scenario)], .. scores.Count == 0 ? [] : (Table[])[SeriesTable(scores)]]);

    private static IEnumerable<Figure> ScenarioFigures(DriftScenarioResult scenario, DriftOptions options)
    {
        var shifted = scenario.Findings.Where(finding => finding.WasShifted).ToArray();
        // A metric without an alarm was not detected at all.
        yield return new Figure("drift.detected_windows", shifted.All(finding => finding.Windows is not null) ? shifted.Max(finding => finding.Windows) : null, "{window}");
        yield return new Figure("drift.detected_windows.features", Slowest(shifted, isFeature: true), "{window}", "confirm", options.Confirm);
        yield return new Figure("drift.detected_windows.errors", Slowest(shifted, isFeature: false), "{window}");
        yield return Figure.Versus("drift.false_alarms", scenario.FalseAlarms, "{alarm}", "expected", options.FalseAlarmsPerWindow * scenario.UnshiftedWindows);
        yield return new Figure("drift.wrong_metrics", scenario.Findings.Count(finding => !finding.WasShifted), "{metric}");
        yield return new Figure("drift.mae_effect", scenario.TrueMaeEffect, "ratio");
    }

    private static double? Slowest(DriftFinding[] shifted, bool isFeature)
    {
        var findings = shifted.Where(finding => finding.Metric is not (DriftAlarm.Residual or DriftAlarm.Coverage) == isFeature).ToArray();
        return findings.All(finding => finding.Windows is not null) ? findings.Max(finding => finding.Windows) : null;
    }

    private static IEnumerable<Figure> SeriesFigures(IReadOnlyList<DriftScore> scores) =>
    [
        Figure.Versus("drift.adaptive_coverage_lowest", scores.Min(score => score.AdaptiveCoverage), "ratio", "level", Level),
        Figure.Versus("drift.adaptive_coverage_highest", scores.Max(score => score.AdaptiveCoverage), "ratio", "level", Level),
        Figure.Versus("drift.split_coverage_lowest", scores.Min(score => score.SplitCoverage), "ratio", "level", Level),
    ];

    private static Table ScenarioTable(DriftScenarioResult scenario) => new(
        "alarms",
        ["metric", "shifted", "windows_until_alarm", "said_to_begin_after", "mae_effect"],
        [.. scenario.Findings.Select(finding => (IReadOnlyList<object?>)[finding.Metric, finding.WasShifted ? "yes" : "no", finding.Windows, finding.SinceWindows, finding.MaeEffect])]);

    private static Table SeriesTable(IReadOnlyList<DriftScore> scores) => new(
        "drift",
        ["series", "n", "split_coverage", "adaptive_coverage", "adaptive_half_width"],
        [.. scores.Select(score => (IReadOnlyList<object?>)[score.Series, score.Count, score.SplitCoverage, score.AdaptiveCoverage, score.HalfWidth])]);
}
