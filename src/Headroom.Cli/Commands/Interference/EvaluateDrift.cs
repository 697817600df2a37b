using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Interference.Drift;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Importers;
using Headroom.Jobs.Backtests;
using Headroom.Learning.Drift;

namespace Headroom.Cli.Commands.Interference;

/// <summary><c>headroom evaluate drift</c>: do alarms come when metrics shift, and only then; with --data, do intervals still hold after months?</summary>
internal static class EvaluateDrift
{
    private const double Level = 0.9;
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
                    ? DriftScenario.Run(RunImporters.Read(folder), DriftReport.UnshiftedWindows, options, parsed.GetValue(seed), cancellationToken)
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
        [.. scenario is null ? [] : DriftReport.Figures(scenario, options), .. scores.Count == 0 ? [] : SeriesFigures(scores)],
        [.. scenario is null ? [] : (Table[])[DriftReport.Alarms(scenario)], .. scores.Count == 0 ? [] : (Table[])[SeriesTable(scores)]]);

    private static IEnumerable<Figure> SeriesFigures(IReadOnlyList<DriftScore> scores) =>
    [
        Figure.Versus("drift.adaptive_coverage_lowest", scores.Min(score => score.AdaptiveCoverage), "ratio", "level", Level),
        Figure.Versus("drift.adaptive_coverage_highest", scores.Max(score => score.AdaptiveCoverage), "ratio", "level", Level),
        Figure.Versus("drift.split_coverage_lowest", scores.Min(score => score.SplitCoverage), "ratio", "level", Level),
    ];

    private static Table SeriesTable(IReadOnlyList<DriftScore> scores) => new(
        "drift",
        ["series", "n", "split_coverage", "adaptive_coverage", "adaptive_half_width"],
        [.. scores.Select(score => (IReadOnlyList<object?>)[score.Series, score.Count, score.SplitCoverage, score.AdaptiveCoverage, score.HalfWidth])]);
}
