using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Client;
using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Jobs.Retraining;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>
/// A champion of the older half of a campaign answers on a real server; a worker of it retrains with the rest while predictions are asked for over HTTP without a
/// break; the challenger is judged by the rule, answers (by force where the rule says no), and is taken back.
/// </summary>
internal static class RetrainScenario
{
    private const string Asker = "retrain interference";

    /// <summary>So many requests the challenger answers before it is taken back.</summary>
    private const int AnswersByChallenger = 200;

    /// <summary>Settings that let the server retrain from a folder.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(string folder) => new Dictionary<string, string?>
    {
        ["Headroom__Datasets__Runs"] = Path.GetDirectoryName(Path.GetFullPath(folder)),
        ["Headroom__Jobs__PollSeconds"] = "1",
    };

    /// <exception cref="InvalidDataException">The runs cannot be served live.</exception>
    public static async Task<RetrainOutcome> RunAsync(BenchPlatform platform, RunSet campaign, string folder, int seed, CancellationToken cancellationToken)
    {
        var split = RetrainingSplit.Of(campaign);
        var train = LiveFeatures.Of(split.Train);
        await using var storage = new ServiceCollection().AddHeadroomStorage(platform.ConnectionString).BuildServiceProvider();
        using var client = HeadroomClient.Connect(platform.Address);
        var server = new RetrainServer(client);
        var steps = new List<string>();

        var first = await FirstAsync(storage.GetRequiredService<ModelRegistry>(), await server.UntilServedAsync(null, cancellationToken), train, seed, cancellationToken);
        await server.UntilServedAsync(first.VersionId, cancellationToken);
        steps.Add($"version {first.Number} of {first.DataRows} older runs answers");

        await using var load = new PredictionLoad(client, [.. LiveFeatures.As(split.Shadow, train.Schema)!.Runs.Select(run => RecordedWindow.Of(run, train.Schema))]);
        await load.UntilAnsweredByAsync(first.CardId, 1, cancellationToken);
        var clock = Stopwatch.StartNew();
        var answer = await server.RetrainAsync(Path.GetFileName(Path.GetFullPath(folder)), seed, TerminalProgress.Create("retrain"), cancellationToken);
        var jobSeconds = clock.Elapsed.TotalSeconds;
        steps.Add(answer.Summary);

        var challenger = (await storage.GetRequiredService<ModelReader>().FindAsync(answer.ChallengerId, cancellationToken))!;
        clock.Restart();
        if (!answer.Promoted)
        {
            await server.PromoteAsync(challenger.Number, "forced to measure the swap although the rule says no", cancellationToken);
            steps.Add($"version {challenger.Number} was forced, to measure the swap");
        }

        await load.UntilAnsweredByAsync(challenger.CardId, 1, cancellationToken);
        var swapSeconds = clock.Elapsed.TotalSeconds;
        await load.UntilAnsweredByAsync(challenger.CardId, AnswersByChallenger, cancellationToken);
        steps.Add($"version {challenger.Number} answers");

        clock.Restart();
        await server.RollBackAsync("to measure the way back", cancellationToken);
        await load.UntilAnsweredByAsync(first.CardId, 1, cancellationToken);
        var rollBackSeconds = clock.Elapsed.TotalSeconds;
        steps.Add($"rolled back: version {first.Number} answers again");
        var result = load.Result(challenger.CardId);
        if (result.FirstFailure is { } failure)
        {
            steps.Add($"a request failed: {failure}");
        }

        return new RetrainOutcome(answer, result, jobSeconds, swapSeconds, rollBackSeconds, steps);
    }

    // The model that comes with the program answers until then: it knows the whole campaign.
    private static async Task<ModelVersionRow> FirstAsync(ModelRegistry registry, int shippedId, RunSet train, int seed, CancellationToken cancellationToken)
    {
        var older = train.With(train.Runs.Take(train.Runs.Count / 2));
        var champion = new ChampionModel(Novelty.Application).Fit(older, seed, cancellationToken);
        var version = await registry.RegisterAsync(InterferenceVersions.Of(champion, older, seed, TimeProvider.System.GetUtcNow(), Asker, null), null, cancellationToken);
        await registry.PromoteAsync(version.VersionId, shippedId, new ModelDecision(ModelVerdict.Forced, Asker, "the older half of the campaign, to be beaten"), null, cancellationToken);
        return version;
    }
}
