using System.Globalization;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Capacity;
using Headroom.Jobs.Scheduling;
using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Headroom.Storage;
using Headroom.Storage.Capacity;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests;

[Collection(HangfireStatics.Name)]
public sealed class CapacityAdviceTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Cores = 4;
    private const double Gibibyte = 1L << 30;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_with_minutes_of_telemetry_gets_advice_that_its_snapshot_repeats_and_that_is_judged_later()
    {
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        using var host = Build(clock);
        var agent = await database.AddAgentAsync("advised", Cancellation);
        var writer = host.Services.GetRequiredService<TelemetryWriter>();
        var ledger = host.Services.GetRequiredService<CapacityLedger>();
        await WriteAsync(writer, agent.AgentId, clock.Now - TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(40), busy: 0.5);
        await RunAsync(host);

        var entry = Assert.Single(await ledger.OfHostAsync(agent.HostId, null, 10, Cancellation));
        var recommendation = RecommendationSnapshot.Parse(entry.Recommendation);
        var cpu = recommendation.For(Resource.Cpu);
        Assert.Equal((Cores, false), (cpu.Capacity, entry.IsCold));
        Assert.InRange(cpu.Advised, 0.4 * Cores, 0.8 * Cores);
        Assert.InRange(recommendation.For(Resource.Memory).Used, 3.9, 4.1);
        Assert.NotNull(cpu.Forecast);

        using var zip = new MemoryStream((await ledger.SnapshotAsync(entry.AdviceId, Cancellation))!);
        var snapshot = RecommendationSnapshot.FromZip(zip);
        Assert.Null(snapshot.Differs(Cancellation));
        Assert.Equal(RecommendationSnapshot.Text(recommendation), RecommendationSnapshot.Text(snapshot.Recommendation));
        Assert.Contains(snapshot.Inputs.Resources[0].Workloads, workload => workload is { Name: "service", Limit: 2 });

        // While it is fresh nothing new is made.
        await RunAsync(host);
        Assert.Single(await ledger.OfHostAsync(entry.HostId, null, 10, Cancellation));

        // The host is busier than ever until the advice ends: it is judged, and nobody is told to trust the next one.
        var rest = entry.ExpiresAt - clock.Now + TimeSpan.FromSeconds(40);
        await WriteAsync(writer, agent.AgentId, clock.Now, rest, busy: 0.98);
        clock.Now += rest;
        await RunAsync(host);
        var entries = await ledger.OfHostAsync(entry.HostId, null, 10, Cancellation);
        Assert.Equal(2, entries.Count);
        var outcome = entries[1].Outcomes.Single(outcome => outcome.Resource == "cpu");
        Assert.True(outcome.Violations > 0 && outcome.Windows >= outcome.Violations);
        Assert.InRange(outcome.Peak!.Value, 0.9 * Cores, Cores);
        Assert.Contains("cpu", entries[0].WithdrawnReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_host_counts_as_its_promises_and_gets_a_number_with_a_margin_after_some_minutes()
    {
        var clock = new SetClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(12));
        using var host = Build(clock, coldStartHours: 24);
        var agent = await database.AddAgentAsync("fresh", Cancellation);
        var writer = host.Services.GetRequiredService<TelemetryWriter>();
        await WriteAsync(writer, agent.AgentId, clock.Now, TimeSpan.FromMinutes(5), busy: 0.5);
        clock.Now += TimeSpan.FromMinutes(5);
        await RunAsync(host);
        Assert.True((await NewestAsync(host, agent.HostId)).IsCold);

        await WriteAsync(writer, agent.AgentId, clock.Now, TimeSpan.FromMinutes(7), busy: 0.5);
        clock.Now += TimeSpan.FromMinutes(7);
        await RunAsync(host);
        var entry = await NewestAsync(host, agent.HostId);
        var recommendation = RecommendationSnapshot.Parse(entry.Recommendation);
        var cpu = recommendation.For(Resource.Cpu);
        Assert.False(entry.IsCold);
        Assert.True(recommendation.IsEarly);
        Assert.InRange(cpu.Advised, 0.5 * Cores, cpu.Promised);
        Assert.True(cpu.Reclaimable > 0);
        Assert.InRange(entry.ExpiresAt - entry.MadeAt, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        using var zip = new MemoryStream((await host.Services.GetRequiredService<CapacityLedger>().SnapshotAsync(entry.AdviceId, Cancellation))!);
        Assert.Null(RecommendationSnapshot.FromZip(zip).Differs(Cancellation));

        // The same minutes are a trace to replay, with nothing but the store.
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).AddStoreTrace().BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var own = await scope.ServiceProvider.GetRequiredService<StoreTrace>().ReadAsync(Resource.Cpu, Cancellation);
        Assert.True(own.Windows >= 50, $"{own.Windows}");
        var settings = PeakSettings.ForOwnPast(own, 0.01, TimeSpan.FromHours(1), 1);
        Assert.Equal(own.Windows / 12, settings.HorizonWindows);
        Assert.NotEmpty(Replay.Run(own, PeakPredictors.Rivals, settings, null, Cancellation).Predictors);
    }

    [Fact]
    public async Task A_host_that_comes_back_is_advised_before_its_first_long_window_has_ended()
    {
        var window = TimeSpan.FromMinutes(5).Ticks;
        var begins = new DateTimeOffset((TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(12)).UtcTicks / window * window, TimeSpan.Zero).AddSeconds(3);
        var clock = new SetClock(begins);
        using var host = Build(clock, coldStartHours: 24);
        var agent = await database.AddAgentAsync("back", Cancellation);
        await WriteAsync(host.Services.GetRequiredService<TelemetryWriter>(), agent.AgentId, begins, TimeSpan.FromMinutes(5), busy: 0.5);

        clock.Now += TimeSpan.FromMinutes(5);
        await RunAsync(host);

        Assert.True((await NewestAsync(host, agent.HostId)).IsCold);
    }

    [Fact]
    public async Task A_workload_predicted_below_what_the_operator_promised_it_makes_the_host_full()
    {
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        using var host = Build(clock);
        var agent = await database.AddAgentAsync("guarded", Cancellation);
        await WriteAsync(host.Services.GetRequiredService<TelemetryWriter>(), agent.AgentId, clock.Now - TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(40), busy: 0.2);
        var service = (await host.Services.GetRequiredService<EntityReader>().ListAsync(agent.HostId, EntityKind.Workload, null, Cancellation)).Single();
        await host.Services.GetRequiredService<InterferencePredictions>().AddAsync([Prediction(agent.HostId, service.EntityId, clock.Now, 0.8)], Cancellation);
        await RunAsync(host);
        var full = RecommendationSnapshot.Parse((await NewestAsync(host, agent.HostId)).Recommendation);
        Assert.Equal("interference", full.BindingConstraint);
        Assert.Contains("service is predicted to run at 80 % [70 %, 90 %; 90 % interval]", full.BindingReason, StringComparison.Ordinal);
        Assert.Equal((0.9, "model"), Assert.Single(full.Performance) is var promise ? (promise.Promised, promise.Model) : default);
        Assert.All(full.Resources, advice => Assert.Equal(0, advice.Reclaimable));

        using var lenient = Build(clock, settings: [("Headroom:Capacity:WorkloadPromises:service", "0.75")]);
        await using var scope = lenient.Services.CreateAsyncScope();
        var inputs = await scope.ServiceProvider.GetRequiredService<CapacityInputs>().ReadAsync(agent.HostId, "guarded", clock.Now - TimeSpan.FromMinutes(40), clock.Now, Cancellation);
        Assert.Equal(0.75, Assert.Single(inputs!.Promises).Promised);
        Assert.NotEqual("interference", HostAdvisor.Recommend(inputs, Cancellation).BindingConstraint);
    }

    private static InterferencePredictionRow Prediction(int hostId, int entityId, DateTimeOffset at, double value) => new()
    {
        HostId = hostId,
        EntityId = entityId,
        At = at,
        WindowSeconds = 10,
        Value = value,
        Lower = value - 0.1,
        Upper = value + 0.1,
        Level = 0.9,
        ModelId = "model",
        ModelVersion = "7",
        OutsideTraining = [],
        Reasons = "{}",
        Neighbours = "[]",
    };

    private static async Task<CapacityEntry> NewestAsync(IHost host, int hostId) =>
        (await host.Services.GetRequiredService<CapacityLedger>().OfHostAsync(hostId, null, 1, Cancellation))[0];

    private static async Task RunAsync(IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IScheduledJob>().Single(job => job.Name == CapacityAdviceJob.JobName).RunAsync(Cancellation);
    }

    private IHost Build(TimeProvider clock, double coldStartHours = 0, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", database.ConnectionString),
            new("Headroom:Capacity:ColdStartHours", coldStartHours.ToString(CultureInfo.InvariantCulture)),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.Services.AddSingleton(clock);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        return builder.Build();
    }

    private static async Task WriteAsync(TelemetryWriter writer, Guid agent, DateTimeOffset from, TimeSpan length, double busy)
    {
        EntityDescriptor[] entities =
        [
            new(1, EntityKind.Host, "host", "advised", null, new Dictionary<string, string>()),
            new(2, EntityKind.Workload, "/system.slice/service", "service", null, new Dictionary<string, string>()),
        ];
        var random = new Random(3);
        var frames = Enumerable.Range(0, (int)length.TotalSeconds).Select(second => new Frame(
            second + 1,
            DateTimeOffset.FromUnixTimeMilliseconds((from + TimeSpan.FromSeconds(second)).ToUnixTimeMilliseconds()),
            [
                new EntitySample(1, Vector(
                    EntityKind.Host,
                    ("system.cpu.utilization", busy + (0.02 * random.NextDouble())),
                    ("system.cpu.logical.count", Cores),
                    ("system.memory.limit", 8 * Gibibyte),
                    ("system.linux.memory.available", 4 * Gibibyte))),
                new EntitySample(2, Vector(EntityKind.Workload, ("container.cpu.usage", 1), ("container.cpu.limit", 2), ("container.memory.working_set", Gibibyte))),
            ])).ToArray();
        await writer.WriteAsync([new FrameBatch(agent, Guid.NewGuid(), MetricCatalogue.Current.Version, entities, frames, [])], Cancellation);
    }

    private static MetricVector Vector(EntityKind kind, params (string Name, double Value)[] values)
    {
        var vector = new MetricVector(MetricCatalogue.Current.For(kind).Count);
        foreach (var (name, value) in values)
        {
            vector[MetricCatalogue.Current.OrdinalOf(kind, name)!.Value] = (float)value;
        }

        return vector;
    }
}
