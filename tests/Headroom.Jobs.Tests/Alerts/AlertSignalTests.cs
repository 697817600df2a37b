using Headroom.Jobs.Alerts.Signals;
using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Headroom.Storage.Capacity;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing;

namespace Headroom.Jobs.Tests.Alerts;

/// <summary>Every signal on what it is about, now and in the past.</summary>
[Collection(HangfireStatics.Name)]
public sealed class AlertSignalTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predicted_degradation_is_its_upper_bound_and_windows_outside_the_training_range_do_not_count()
    {
        using var host = NewHost();
        var agent = await database.AddAgentAsync("hurt", Cancellation);
        await host.WriteAsync(agent, "hurt", 0.5, 30);
        var entity = (await host.Get<EntityReader>().ListAsync(agent.HostId, EntityKind.Host, null, Cancellation)).Single().EntityId;
        var minute = Floor(host.Now).AddMinutes(-3);
        await host.Get<InterferencePredictions>().AddAsync(
            [
                Prediction(agent.HostId, entity, host.Now.AddSeconds(-10), lower: 0.6), Prediction(agent.HostId, entity, host.Now.AddSeconds(-20), lower: 0.8),
                Prediction(agent.HostId, entity, host.Now.AddSeconds(-15), lower: 0.1, outside: ["cpu"]), Prediction(agent.HostId, entity, minute.AddSeconds(5), lower: 0.25),
            ],
            Cancellation);

        var (signal, rule) = Of(host, "interference", "hurt");
        var reading = Assert.Single(await signal.ReadAsync(rule, host.Now, Cancellation));
        Assert.Equal((0.3, "hurt on hurt"), (Math.Round(reading.Value!.Value, 9), reading.Subject.Name));
        var values = await PastAsync(signal, rule, minute.AddMinutes(-1), 2);
        Assert.Equal([null, 0.75], values);
    }

    [Fact]
    public async Task The_row_is_all_hosts_over_what_they_may_draw()
    {
        using var host = NewHost(("Headroom:Power:ProvisionedWatts", "2000"));
        await host.WriteAsync(await database.AddAgentAsync("row-1", Cancellation), "row-1", 900, 120, "hw.host.power");
        await host.WriteAsync(await database.AddAgentAsync("row-2", Cancellation), "row-2", 300, 120, "hw.host.power");
        var (signal, rule) = Of(host, "row-power", null);
        Assert.Equal(0.6, Assert.Single(await signal.ReadAsync(rule, host.Now, Cancellation)).Value!.Value, 6);
        Assert.Equal(0.6, Assert.Single(await PastAsync(signal, rule, Floor(host.Now).AddMinutes(-1), 1))!.Value, 6);
    }

    [Fact]
    public async Task Room_is_the_scarcest_resource_below_zero_when_over_and_missing_while_advice_is_withdrawn()
    {
        using var host = NewHost();
        await AdviseAsync(host, "roomy", cpu: 4, memory: 30);
        await AdviseAsync(host, "over", cpu: 9, memory: 10);
        await host.Get<CapacityLedger>().WithdrawAsync(await AdviseAsync(host, "distrusted", cpu: 4, memory: 4), "exceeded too often", Cancellation);

        var (room, rule) = Of(host, "capacity-room", null);
        var readings = (await room.ReadAsync(rule, host.Now, Cancellation)).ToDictionary(reading => reading.Subject.Name, reading => reading.Value);
        Assert.Equal((0.0625, -0.125, null), (readings["roomy"], readings["over"], readings["distrusted"]));
        Assert.Equal(0.0625, (await PastAsync(room, With(rule, "roomy"), Floor(host.Now).AddMinutes(-5), 5))[^1]);

        var (flag, flagged) = Of(host, "capacity-withdrawn", null);
        var flags = (await flag.ReadAsync(flagged, host.Now, Cancellation)).ToDictionary(reading => reading.Subject.Name, reading => reading.Value);
        Assert.Equal((0, 1), (flags["roomy"], flags["distrusted"]));

        // Advice that has expired says nothing.
        host.Now += TimeSpan.FromHours(2);
        Assert.All(await room.ReadAsync(rule, host.Now, Cancellation), reading => Assert.Null(reading.Value));
    }

    [Fact]
    public async Task A_disk_that_grows_is_full_where_its_line_ends_and_one_that_does_not_grow_is_not_full_soon()
    {
        using var host = NewHost();
        var hour = new DateTimeOffset(host.Now.UtcTicks - (host.Now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        foreach (var (name, growth) in new[] { ("growing", 0.02), ("steady", 0.0) })
        {
            var agent = await database.AddAgentAsync(name, Cancellation);
            var minutesIn = (host.Now - hour).TotalHours;
            await host.WriteAsync(agent, name, 0.5 + (growth * (10 + minutesIn)), 30, "system.filesystem.utilization.fullest");
            var entity = (await host.Get<EntityReader>().ListAsync(agent.HostId, EntityKind.Host, null, Cancellation)).Single().EntityId;
            await HoursAsync(agent.HostId, entity, [.. Enumerable.Range(0, 10).Select(i => (hour.AddHours(i - 10), 0.5 + (growth * (i + 0.5))))]);
        }

        var (signal, rule) = Of(host, "disk-full", null);

        // Hosts of the tests before may still be in the window, without hours.
        var readings = (await signal.ReadAsync(rule, host.Now, Cancellation))
            .Where(reading => reading.Subject.Name is "growing" or "steady").ToDictionary(reading => reading.Subject.Name, reading => reading.Value!.Value);
        Assert.InRange(readings["growing"] / 3_600, 13.5, 15.1);
        Assert.True(readings["steady"] > 86_400 * 365);

        // At a full hour the past knows all hours that were over.
        var past = await PastAsync(signal, With(rule, "growing"), hour.AddMinutes(-61), 60);
        Assert.InRange(past[0]!.Value / 3_600, 15, 17);
    }

    [Fact]
    public async Task Drift_counts_the_alarms_of_a_model_while_they_are_open()
    {
        using var host = NewHost();
        await using (var context = database.CreateContext())
        {
            context.ModelFiles.Add(new ModelFileRow { Hash = "hash", Bytes = [1] });
            var version = new ModelVersionRow
            {
                Model = "drifting", Number = 1, Key = "1", CardId = "1", FileHash = "hash", Architecture = [], Schema = [], DataName = "", DataChecksum = "", CreatedAt = host.Now, CreatedBy = "test",
            };
            context.ModelVersions.Add(version);
            await context.SaveChangesAsync(Cancellation);
            context.ModelAlarms.Add(Alarm(version.VersionId, "ipc", host.Now.AddMinutes(-10), null));
            context.ModelAlarms.Add(Alarm(version.VersionId, "coverage", host.Now.AddMinutes(-20), host.Now.AddMinutes(-10)));
            await context.SaveChangesAsync(Cancellation);
        }

        var (signal, rule) = Of(host, "model-drift", null);
        Assert.Equal(("model drifting", 1.0), Assert.Single(await signal.ReadAsync(rule, host.Now, Cancellation)) is var reading ? (reading.Subject.Name, reading.Value!.Value) : default);
        Assert.Equal([0, 1, 1], (await PastAsync(signal, rule, Floor(host.Now).AddMinutes(-30), 30)).Where((_, i) => i % 10 == 5));
    }

    private AlertHost NewHost(params (string Key, string Value)[] settings) => new(database, TimeProvider.System.GetUtcNow(), settings);

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static (IAlertSignal Signal, AlertRuleRow Rule) Of(AlertHost host, string name, string? hosts)
    {
        var rule = AlertHost.MemoryRule(hosts);
        rule.Signal = name;
        return (host.Get<AlertSignals>().Find(name)!, rule);
    }

    private static AlertRuleRow With(AlertRuleRow rule, string hosts)
    {
        rule.Hosts = hosts;
        return rule;
    }

    private static async Task<double?[]> PastAsync(IAlertSignal signal, AlertRuleRow rule, DateTimeOffset from, int count)
    {
        var courses = new List<AlertCourse>();
        await foreach (var course in signal.PastAsync(rule, new AlertPast(from, count, 10), Cancellation))
        {
            courses.Add(course);
        }

        return Assert.Single(courses).Values;
    }

    private async Task<Guid> AdviseAsync(AlertHost host, string name, double cpu, double memory)
    {
        var agent = await database.AddAgentAsync(name, Cancellation);
        var recommendation = new Recommendation(
            "model", agent.HostId, name, host.Now.AddMinutes(-10), host.Now.AddMinutes(50), 0.01, 60, 3_600, [Advice(Resource.Cpu, 8, cpu), Advice(Resource.Memory, 32, memory)], "cpu", "because", [], []);
        var row = new CapacityAdviceRow
        {
            AdviceId = Guid.NewGuid(), HostId = agent.HostId, MadeAt = recommendation.MadeAt, ExpiresAt = recommendation.ExpiresAt, Risk = 0.01, Recommendation = RecommendationSnapshot.Text(recommendation), Snapshot = [1],
        };
        await host.Get<CapacityLedger>().AddAsync(row, Cancellation);
        return row.AdviceId;
    }

    private static ResourceAdvice Advice(Resource resource, double capacity, double advised) =>
        new(resource, capacity, capacity, advised, advised, false, null, 1, null, null, 1, Math.Max(0, capacity - advised), [], []);

    private static InterferencePredictionRow Prediction(int hostId, int entityId, DateTimeOffset at, double lower, string[]? outside = null) => new()
    {
        HostId = hostId,
        EntityId = entityId,
        At = at,
        WindowSeconds = 10,
        Value = lower + 0.1,
        Lower = lower,
        Upper = lower + 0.2,
        Level = 0.9,
        ModelId = "model",
        ModelVersion = "1",
        OutsideTraining = outside ?? [],
        Reasons = "{}",
        Neighbours = "[]",
    };

    private static ModelAlarmRow Alarm(int version, string metric, DateTimeOffset raisedAt, DateTimeOffset? endedAt) => new()
    {
        AlarmId = Guid.NewGuid(), Model = "drifting", VersionId = version, Metric = metric, Test = "ks", Since = raisedAt, RaisedAt = raisedAt, EndedAt = endedAt,
    };

    private async Task HoursAsync(int hostId, int entityId, IReadOnlyList<(DateTimeOffset At, double Mean)> hours)
    {
        var (ordinal, width) = (MetricCatalogue.Current.OrdinalOf(EntityKind.Host, "system.filesystem.utilization.fullest")!.Value, MetricCatalogue.Current.For(EntityKind.Host).Count);
        foreach (var (at, mean) in hours)
        {
            var values = new float?[width];
            values[ordinal] = (float)mean;
            await using var command = database.DataSource.CreateCommand(
                "INSERT INTO rollup_hours (host_id, entity_id, at, catalogue_version, minimum, maximum, mean, count) VALUES ($1, $2, $3, $4, $5, $5, $5, $6)");
            command.Parameters.AddWithValue(hostId);
            command.Parameters.AddWithValue(entityId);
            command.Parameters.AddWithValue(at.UtcDateTime);
            command.Parameters.AddWithValue((short)MetricCatalogue.Current.Version);
            command.Parameters.AddWithValue(values);
            command.Parameters.AddWithValue(new int?[width]);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }
}
