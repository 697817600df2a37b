using Headroom.Interference.Champion;
using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Storage;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Storage.Writing;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests.Upkeep;

/// <summary>A host whose last minutes are in the store, a champion that answered them, and a program that does work when it is told to, not by itself.</summary>
internal sealed class LiveFleet : IAsyncDisposable
{
    private const int Window = 10;
    private const int Minutes = 4;

    private static readonly FeatureSchema Schema = new(
        [new(FeatureBlock.Target, "container.cpu.usage", "{cpu}", Resource.Cpu), new(FeatureBlock.Target, "container.cpu.pressure.some", "1", Resource.Cpu)], []);

    private readonly IHost _host;
    private readonly int _hostId;
    private readonly DateTimeOffset _end;
    private readonly CancellationToken _cancellation;

    private LiveFleet(IHost host, int hostId, DateTimeOffset end, CancellationToken cancellation) => (_host, _hostId, _end, _cancellation) = (host, hostId, end, cancellation);

    public IServiceProvider Services => _host.Services;

    public ModelReader Models => Services.GetRequiredService<ModelReader>();

    public ModelRegistry Registry => Services.GetRequiredService<ModelRegistry>();

    public static async Task<LiveFleet> StartAsync(PostgresDatabase database, string name, CancellationToken cancellation, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", database.ConnectionString), new("Headroom:Jobs:IsWorker", "false"), new("Headroom:Jobs:HeartbeatSeconds", "0.2"),
            new("Headroom:Models:Drift:WindowMinutes", "1"), new("Headroom:Models:Drift:Windows", "3"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        var host = builder.Build();
        var end = new DateTimeOffset(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var agent = await database.AddAgentAsync(name, cancellation);
        await host.Services.GetRequiredService<TelemetryWriter>().WriteAsync([RecordedRun.Beside(2).Batch(agent.AgentId, Guid.NewGuid(), end.AddMinutes(-Minutes), Minutes * 60)], cancellation);
        return new LiveFleet(host, agent.HostId, end, cancellation);
    }

    /// <summary>A set of runs to learn from: the live windows, with labels that fall with their pressure.</summary>
    /// <param name="shift">Added to every value, so that live windows look as they never did in training.</param>
    public async Task<RunSet> LiveRunsAsync(float shift = 0)
    {
        var (reader, windows, runs) = (Services.GetRequiredService<LiveWindowReader>(), new LiveWindows(Schema), new List<InterferenceRun>());
        foreach (var at in Ends())
        {
            var window = (await reader.ReadAsync(_hostId, at, Window, _cancellation))!;
            runs.AddRange(window.Busy.Select(workload => windows.Of(window, workload)!));
        }

        return new RunSet("live", TargetDefinition.Performance, Schema,
        [
            .. runs.Select((run, index) => run with
            {
                Id = $"{index}",
                Application = $"app {index % 4}",
                Composition = $"mix {index % 8}",
                Frames = Array.ConvertAll(run.Frames, frame => Array.ConvertAll(frame, value => value + shift)),
                Label = 1 - (0.5 * run.Frames.Average(frame => float.IsFinite(frame[1]) ? frame[1] : 0)) + (0.01 * (index % 3)),
            }),
        ]);
    }

    /// <summary>Puts a version trained on a set into the registry.</summary>
    public async Task<ModelVersionRow> TrainAsync(RunSet runs, int seed) => await Registry.RegisterAsync(
        InterferenceVersions.Of(new ChampionModel(Novelty.Application).Fit(runs, seed, _cancellation), runs, seed, TimeProvider.System.GetUtcNow(), "test", null), null, _cancellation);

    /// <summary>Makes a version champion, whoever was before.</summary>
    public async Task PromoteAsync(ModelVersionRow version)
    {
        var before = await Models.ChampionAsync(InterferenceVersions.Name, _cancellation);
        await Registry.PromoteAsync(version.VersionId, before?.VersionId, new ModelDecision(ModelVerdict.Forced, "test", "to answer live windows"), null, _cancellation);
        await Services.GetRequiredService<ServedModel<InterferencePredictor>>().RefreshAsync(_cancellation);
    }

    /// <summary>Lets the watch answer every window of the last minutes.</summary>
    public async Task AnswerAsync()
    {
        foreach (var at in Ends())
        {
            await Services.GetRequiredService<InterferenceWatch>().PredictAsync(at, _cancellation);
        }
    }

    /// <summary>The answers of the watch.</summary>
    public async Task<IReadOnlyList<InterferencePredictionRow>> AnswersAsync()
    {
        await using var context = await Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<HeadroomDbContext>>().CreateDbContextAsync(_cancellation);
        return [.. context.InterferencePredictions.Where(prediction => prediction.HostId == _hostId).OrderBy(prediction => prediction.At).ThenBy(prediction => prediction.EntityId)];
    }

    /// <summary>Labels every answered window with what it answered, moved by an amount.</summary>
    public async Task LabelAsync(Func<InterferencePredictionRow, double> truth, Func<InterferencePredictionRow, bool>? which = null) => await Services.GetRequiredService<InterferenceLabels>().AddAsync(
        [
            .. (await AnswersAsync()).Where(which ?? (_ => true)).Select(answer => new RunRow
            {
                HostId = answer.HostId, RunId = Guid.NewGuid(), EntityId = answer.EntityId, Application = $"workload {answer.EntityId}", Neighbours = [],
                StartedAt = answer.At.AddSeconds(-Window), EndedAt = answer.At, OutcomeName = InterferenceLabels.Outcome, OutcomeUnit = "1", OutcomeValue = truth(answer), Attributes = [],
            }),
        ],
        _cancellation);

    /// <summary>Asks for work as its schedule would, does all that was asked for, and returns it; nothing when there was nothing to do.</summary>
    public async Task<IReadOnlyList<WorkSummary>> RunScheduleAsync(string schedule)
    {
        await using var scope = Services.CreateAsyncScope();
        var store = Services.GetRequiredService<WorkStore>();
        await scope.ServiceProvider.GetServices<Scheduling.IScheduledJob>().Single(job => job.Name == schedule).RunAsync(_cancellation);
        var done = new List<WorkSummary>();
        foreach (var work in await store.ListAsync(new WorkQuestion(schedule, WorkState.Queued), 100, _cancellation))
        {
            await scope.ServiceProvider.GetRequiredService<WorkRunner>().RunAsync(work.WorkId, _cancellation);
            var ended = (await store.FindAsync(work.WorkId, _cancellation))!;
            Assert.True(ended.State == WorkState.Succeeded, ended.Error);
            done.Add(ended);
        }

        return done;
    }

    public async Task<T> AnswerOfAsync<T>(WorkSummary work) => System.Text.Json.JsonSerializer.Deserialize<T>(
        (await Services.GetRequiredService<WorkStore>().ResultAsync(work.WorkId, _cancellation))!, System.Text.Json.JsonSerializerOptions.Web)!;

    public async Task<IReadOnlyList<string>> LogAsync(WorkSummary work) =>
        [.. (await Services.GetRequiredService<WorkStore>().LogTailAsync(work.WorkId, 1_000, _cancellation)).Select(line => line.Text)];

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<DateTimeOffset> Ends() => Enumerable.Range(1, Minutes * 60 / Window).Select(step => _end.AddMinutes(-Minutes).AddSeconds(step * Window));
}
