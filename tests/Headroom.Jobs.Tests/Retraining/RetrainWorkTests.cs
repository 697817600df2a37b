using System.Text.Json;
using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Serving;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests.Retraining;

[Collection(HangfireStatics.Name)]
public sealed class RetrainWorkTests(PostgresDatabase database, PostgresCluster cluster) : IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-runs-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_challenger_of_many_more_runs_is_promoted_served_and_taken_back_and_nothing_is_decided_twice()
    {
        MadeUpRuns.Write(Path.Combine(_folder, "few"), 45);
        MadeUpRuns.Write(Path.Combine(_folder, "many"), 400, seed: 2);
        using var host = Build(database.ConnectionString);
        var served = host.Services.GetRequiredService<ServedModel<InterferencePredictor>>();
        var few = RetrainingSplit.Of(host.Services.GetRequiredService<RunFolders>().Read("few")).Train;
        // Before the program starts, or the model that comes with it would be the first.
        var first = await host.Services.GetRequiredService<ModelRegistry>().ChampionOrFirstAsync(
            InterferenceVersions.Of(new ChampionModel().Fit(few, 1, Cancellation), few, 1, TimeProvider.System.GetUtcNow(), "test", null), "the first", Cancellation);
        await host.StartAsync(Cancellation);
        await UntilAsync(() => served.VersionId == first.VersionId);

        var second = await RetrainAsync(host, "many");
        Assert.Equal((2, first.VersionId), (second.ChallengerNumber, second.ChampionId));
        Assert.Equal(second.Verdict!.Promote, second.Promoted);
        Assert.True(second.Verdict.HoldOut.ChallengerMae < second.Verdict.HoldOut.ChampionMae, second.Summary);
        Assert.True(second.Promoted, second.Summary);
        await UntilAsync(() => served.VersionId == second.ChallengerId);
        using (var lease = served.Rent())
        {
            Assert.Equal(second.ChallengerId, lease.VersionId);
        }

        var again = await RetrainAsync(host, "many");
        Assert.Equal((second.ChallengerId, true), (again.ChallengerId, again.Promoted));
        Assert.StartsWith("decided already", again.Summary, StringComparison.Ordinal);

        var reader = host.Services.GetRequiredService<ModelReader>();
        Assert.Equal(2, (await reader.ListAsync(InterferenceVersions.Name, Cancellation)).Count);
        Assert.Contains(await reader.MetricsAsync(InterferenceVersions.Name, Cancellation), metric => metric is { Source: "shadow", Slice: "nginx", Name: "mae" });

        var back = await host.Services.GetRequiredService<ModelDesk>().RollBackAsync(InterferenceVersions.Name, "ada", "to see the old one", Cancellation);
        Assert.Equal((first.VersionId, first.VersionId), (back.VersionId, served.VersionId));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_set_that_does_not_exist_is_named_beside_those_that_do()
    {
        MadeUpRuns.Write(Path.Combine(_folder, "some"), 20);

        // A program that starts on a database makes the model that comes with it the first version there, which the other test must not meet.
        await using var own = new PostgresDatabase(cluster);
        await own.InitializeAsync();
        using var host = Build(own.ConnectionString);
        await host.StartAsync(Cancellation);

        var ended = await EndAsync(host, new RetrainRequest("../some"));

        Assert.Equal(WorkState.Failed, ended.State);
        Assert.Contains("got '../some'", ended.Error, StringComparison.Ordinal);
        Assert.Contains("some", ended.Error, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    private IHost Build(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", connectionString), new("Headroom:Jobs:PollSeconds", "1"), new("Headroom:Datasets:Runs", _folder), new("Headroom:Models:PollSeconds", "0.2"),
        ]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        return builder.Build();
    }

    private static async Task<RetrainAnswer> RetrainAsync(IHost host, string data)
    {
        var ended = await EndAsync(host, new RetrainRequest(data));
        Assert.True(ended.State == WorkState.Succeeded, ended.Error);
        return JsonSerializer.Deserialize<RetrainAnswer>((await host.Services.GetRequiredService<WorkStore>().ResultAsync(ended.WorkId, Cancellation))!, JsonSerializerOptions.Web)!;
    }

    private static async Task<WorkSummary> EndAsync(IHost host, RetrainRequest request)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var store = host.Services.GetRequiredService<WorkStore>();
        var id = await scope.ServiceProvider.GetRequiredService<WorkQueue>().EnqueueAsync(RetrainRequest.Kind, request, "test", Cancellation);
        WorkSummary work = null!;
        await UntilAsync(async () => (work = (await store.FindAsync(id, Cancellation))!).Ended);
        return work;
    }

    private static Task UntilAsync(Func<bool> happened) => UntilAsync(() => Task.FromResult(happened()));

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (!await happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }
}
