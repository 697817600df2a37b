using System.CommandLine;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Commands.Interference;
using Headroom.Cli.Reporting;
using Headroom.Client;
using Headroom.Interference.Drift;
using Headroom.Interference.Importers;
using Headroom.Jobs.Backtests;
using Headroom.Learning.Drift;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>
/// <c>headroom retrain interference</c>: the whole life of a challenger on a private database and server: trained by a worker, judged, swapped in under requests, taken
/// back; and whether alarms would have come had the metrics drifted.
/// </summary>
internal static class RetrainInterference
{
    private const string Shipped = "two-core-vm";

    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = $"Folder of a campaign of headroom calibrate, runs in the order they were made (default: datasets/{Shipped})." };
        var seed = CommandOptions.Seed();
        var json = CommandOptions.Json();
        var command = new Command("interference", "Train a challenger as a job, hold it against a champion of half the runs, swap it in under load, roll back.") { data, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var folder = parsed.GetValue(data)?.FullName ?? Path.Combine(new DatasetOptions().FindRuns(), Shipped);
                var campaign = RunImporters.Read(folder);
                await using var platform = await BenchPlatform.StartAsync(withServer: true, RetrainScenario.Settings(folder), cancellationToken);
                var outcome = await RetrainScenario.RunAsync(platform, campaign, folder, parsed.GetValue(seed), cancellationToken);
                var options = new DriftOptions();
                var drift = DriftScenario.Run(campaign, DriftReport.UnshiftedWindows, options, parsed.GetValue(seed), cancellationToken);
                ReportWriter.Write(Report(outcome, drift, options, parsed.GetValue(seed)), parsed.GetValue(json));
                return 0;
            }
            catch (Exception error) when (error is InvalidDataException or Jobs.Work.WorkFailedException or ApiProblemException)
            {
                await Console.Error.WriteLineAsync($"headroom retrain interference: {error.Message}");
                return 1;
            }
        });
        return command;
    }

    private static Report Report(RetrainOutcome outcome, DriftScenarioResult drift, DriftOptions options, int seed)
    {
        var verdict = outcome.Answer.Verdict ?? throw new InvalidDataException($"nothing was compared: {outcome.Answer.Summary}");
        return new Report(
            "retrain interference",
            Machine.Read(),
            seed,
            [
                Figure.Versus("retrain.p_value", verdict.HoldOut.PValue, "1", "limit", verdict.Limits.PValue),
                new Figure("retrain.promoted", outcome.Answer.Promoted ? 1 : 0, "1"),
                new Figure("retrain.failed_requests", outcome.Load.Failed, "{request}"),
                Figure.Versus("rollback.seconds", outcome.RollBackSeconds, "s", "limit", 5),
                Figure.Versus("retrain.challenger_mae", verdict.HoldOut.ChallengerMae, "ratio", "champion", verdict.HoldOut.ChampionMae),
                Figure.Versus("retrain.challenger_shadow_mae", verdict.Shadow.ChallengerMae, "ratio", "champion", verdict.Shadow.ChampionMae),
                Figure.Versus("retrain.challenger_coverage", verdict.HoldOut.Coverage, "ratio", "level", verdict.Level),
                new Figure("retrain.requests", outcome.Load.Answered, "{request}"),
                new Figure("retrain.requests_by_challenger", outcome.Load.ByChallenger, "{request}"),
                new Figure("retrain.swap_seconds", outcome.SwapSeconds, "s"),
                new Figure("retrain.job_seconds", outcome.JobSeconds, "s"),
                .. DriftReport.Figures(drift, options),
            ],
            [
                new Table("decision", ["condition"], [.. verdict.Reasons.Select(reason => (IReadOnlyList<object?>)[reason])]),
                new Table(
                    "slices",
                    ["set", "application", "n", "champion_mae", "challenger_mae", "ratio"],
                    [.. Rows("hold-out", verdict.HoldOut), .. Rows("shadow", verdict.Shadow)]),
                DriftReport.Alarms(drift),
                new Table("history", ["step"], [.. outcome.Steps.Select(step => (IReadOnlyList<object?>)[step])]),
            ]);
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(string set, Learning.Promotion.PairedScore score) =>
        score.Slices.Select(slice => (IReadOnlyList<object?>)[set, slice.Slice, slice.Rows, slice.ChampionMae, slice.ChallengerMae, slice.Ratio]);
}
