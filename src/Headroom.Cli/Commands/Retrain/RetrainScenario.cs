using System.Diagnostics;
using System.Text.Json;
using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Importers;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>
/// A champion of the older half of a campaign, then a worker retrains with the rest while predictions are asked for without a break; the challenger is judged
/// by the rule, answers (by force where the rule says no), and is taken back.
/// </summary>
internal static class RetrainScenario
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task<RetrainOutcome> RunAsync(string connectionString, string folder, int seed, CancellationToken cancellationToken)
    {
        var split = RetrainingSplit.Of(RunImporters.Read(folder));
        using var host = Build(connectionString, folder);
        var (registry, served) = (host.Services.GetRequiredService<ModelRegistry>(), host.Services.GetRequiredService<ServedModel<InterferencePredictor>>());
        var steps = new List<string>();

        // Before the program starts, or the model that comes with it would be the first.
        var first = await FirstAsync(registry, split.Train, seed, cancellationToken);
        await host.StartAsync(cancellationToken);
        await UntilServedAsync(served, first.VersionId, cancellationToken);
        steps.Add($"version {first.Number} of {first.DataRows} older runs answers");

        await using var load = new PredictionLoad(served, split.Shadow.Runs);
        await load.UntilAnsweredByAsync(first.CardId, cancellationToken);
        var clock = Stopwatch.StartNew();
        var answer = await RetrainAsync(host.Services, Path.GetFileName(folder), seed, cancellationToken);
        var jobSeconds = clock.Elapsed.TotalSeconds;
        steps.Add(answer.Summary);

        var challenger = (await host.Services.GetRequiredService<ModelReader>().FindAsync(answer.ChallengerId, cancellationToken))!;
        clock.Restart();
        if (!answer.Promoted)
        {
            await registry.PromoteAsync(challenger.VersionId, first.VersionId, new ModelDecision(ModelVerdict.Forced, "retrain interference", "forced to measure the swap although the rule says no"), null, cancellationToken);
            steps.Add($"version {challenger.Number} was forced, to measure the swap");
        }

        await load.UntilAnsweredByAsync(challenger.CardId, cancellationToken);
        var swapSeconds = clock.Elapsed.TotalSeconds;
        steps.Add($"version {challenger.Number} answers");

        clock.Restart();
        await registry.RollBackAsync(InterferenceVersions.Name, "retrain interference", "to measure the way back", cancellationToken);
        await UntilServedAsync(served, first.VersionId, cancellationToken);
        await load.UntilAnsweredByAsync(first.CardId, cancellationToken);
        var rollBackSeconds = clock.Elapsed.TotalSeconds;
        steps.Add($"rolled back: version {first.Number} answers again");
        var result = load.Result(challenger.CardId);
        await host.StopAsync(cancellationToken);
        return new RetrainOutcome(answer, result, jobSeconds, swapSeconds, rollBackSeconds, steps);
    }

    private static IHost Build(string connectionString, string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", connectionString),
            new("Headroom:Datasets:Runs", Path.GetDirectoryName(Path.GetFullPath(folder))),
            new("Headroom:Jobs:PollSeconds", "1"),
        ]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        return builder.Build();
    }

    private static async Task<ModelVersionRow> FirstAsync(ModelRegistry registry, RunSet train, int seed, CancellationToken cancellationToken)
    {
        var older = train.With(train.Runs.Take(train.Runs.Count / 2));
        var champion = new ChampionModel().Fit(older, seed, cancellationToken);
        return await registry.ChampionOrFirstAsync(
            InterferenceVersions.Of(champion, older, seed, TimeProvider.System.GetUtcNow(), "retrain interference", null), "the older half of the campaign", cancellationToken);
    }

    private static async Task<RetrainAnswer> RetrainAsync(IServiceProvider services, string data, int seed, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var store = services.GetRequiredService<WorkStore>();
        var progress = TerminalProgress.Create("retrain");
        var id = await scope.ServiceProvider.GetRequiredService<WorkQueue>().EnqueueAsync(RetrainRequest.Kind, new RetrainRequest(data, seed), "retrain interference", cancellationToken);
        while (true)
        {
            var work = (await store.FindAsync(id, cancellationToken))!;
            progress.Report(work.Progress);
            if (work.Ended)
            {
                return work.State == WorkState.Succeeded
                    ? JsonSerializer.Deserialize<RetrainAnswer>((await store.ResultAsync(id, cancellationToken))!, JsonSerializerOptions.Web)!
                    : throw new WorkFailedException(work.Error ?? $"the job was {work.State}");
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    private static async Task UntilServedAsync(ServedModel<InterferencePredictor> served, int versionId, CancellationToken cancellationToken)
    {
        while (served.VersionId != versionId)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }
}
