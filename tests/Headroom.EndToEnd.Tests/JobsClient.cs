using System.Text.Json;
using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Importers;
using Headroom.Jobs;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Work;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.EndToEnd.Tests;

/// <summary>Asks for work and watches it; does none itself.</summary>
internal sealed class JobsClient : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CancellationToken _cancellation;

    public JobsClient(string connectionString, CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Headroom", connectionString), new("Headroom:Jobs:IsWorker", "false")]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        (_host, _cancellation) = (builder.Build(), cancellation);
    }

    public IServiceProvider Services => _host.Services;

    public WorkStore Store => Services.GetRequiredService<WorkStore>();

    /// <summary>A first interference model of a few runs of a set, so that challengers have somebody to be held against.</summary>
    public async Task<ModelVersionRow> FirstChampionAsync(string folder, int runs)
    {
        var few = RetrainingSplit.Of(RunImporters.Read(folder)).Train;
        few = few.With(few.Runs.Take(runs));
        var champion = new ChampionModel().Fit(few, 1, _cancellation);
        return await Services.GetRequiredService<ModelRegistry>().ChampionOrFirstAsync(
            InterferenceVersions.Of(champion, few, 1, TimeProvider.System.GetUtcNow(), "test", null), "the first", _cancellation);
    }

    /// <summary>Makes a model of very few runs the champion, whoever was before.</summary>
    public async Task<ModelVersionRow> WeakChampionAsync(string folder, int runs)
    {
        var few = RetrainingSplit.Of(RunImporters.Read(folder)).Train;
        few = few.With(few.Runs.Take(runs));
        var registry = Services.GetRequiredService<ModelRegistry>();
        var before = await Services.GetRequiredService<ModelReader>().ChampionAsync(InterferenceVersions.Name, _cancellation);
        var weak = await registry.RegisterAsync(InterferenceVersions.Of(new ChampionModel().Fit(few, 2, _cancellation), few, 2, TimeProvider.System.GetUtcNow(), "test", null), null, _cancellation);
        await registry.PromoteAsync(weak.VersionId, before?.VersionId, new ModelDecision(ModelVerdict.Forced, "test", "to be beaten"), null, _cancellation);
        return weak;
    }

    public async Task<Guid> RetrainAsync(string data, int seed = 1)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkQueue>().EnqueueAsync(RetrainRequest.Kind, new RetrainRequest(data, seed), "test", _cancellation);
    }

    /// <summary>Runs the recovery of orphaned work now instead of at the next full minute.</summary>
    public async Task RecoverAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IScheduledJob>().Single(job => job.Name == "work-recovery").RunAsync(_cancellation);
    }

    public async Task<IReadOnlyList<string>> LogAsync(Guid work) => [.. (await Store.LogTailAsync(work, 1_000, _cancellation)).Select(line => line.Text)];

    public async Task<WorkSummary> EndOfAsync(Guid work)
    {
        WorkSummary summary = null!;
        await UntilAsync(async () => (summary = (await Store.FindAsync(work, _cancellation))!).Ended);
        return summary;
    }

    public async Task<RetrainAnswer> AnswerAsync(Guid work) =>
        JsonSerializer.Deserialize<RetrainAnswer>((await Store.ResultAsync(work, _cancellation))!, JsonSerializerOptions.Web)!;

    public async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        while (!await happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }
}
