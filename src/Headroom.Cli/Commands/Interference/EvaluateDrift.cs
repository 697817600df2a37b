using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Interference.Evaluation;

namespace Headroom.Cli.Commands.Interference;

/// <summary><c>headroom evaluate drift</c>: do intervals still hold after months?</summary>
internal static class EvaluateDrift
{
    private const double Level = 0.9;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder with long_lived.csv (metric, region, sku, vm, t_min, value).", Required = true };
        var json = CommandOptions.Json();
        var command = new Command("drift", "Coverage of static and adaptive 90 % intervals on series that drift.") { data, json };
        command.SetAction((parsed, _) =>
        {
            try
            {
                var scores = DriftEvaluation.Run(parsed.GetValue(data)!.FullName, Level);
                ReportWriter.Write(Report(scores), parsed.GetValue(json));
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

    private static Report Report(IReadOnlyList<DriftScore> scores) => new(
        "evaluate drift",
        Machine.Read(),
        1,
        scores.Count == 0
            ? []
            : [
                Figure.Versus("drift.adaptive_coverage_lowest", scores.Min(score => score.AdaptiveCoverage), "ratio", "level", Level),
                Figure.Versus("drift.adaptive_coverage_highest", scores.Max(score => score.AdaptiveCoverage), "ratio", "level", Level),
                Figure.Versus("drift.split_coverage_lowest", scores.Min(score => score.SplitCoverage), "ratio", "level", Level),
            ],
        [
            new Table(
                "drift",
                ["series", "n", "split_coverage", "adaptive_coverage", "adaptive_half_width"],
                [.. scores.Select(score => (IReadOnlyList<object?>)[score.Series, score.Count, score.SplitCoverage, score.AdaptiveCoverage, score.HalfWidth])]),
        ]);
}
