using Headroom.Storage.Maintenance;
using Headroom.Storage.Reading;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Headroom.Storage.Tests.Batches;

namespace Headroom.Storage.Tests.Maintenance;

/// <summary>Each test has a host of its own in one database; the hours are those of <see cref="Batches.Start"/>.</summary>
public sealed class MaintenanceTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Seconds = 3_600;
    private static readonly IOptions<StorageOptions> Limits = Options.Create(new StorageOptions());
    private static readonly string Metric = MetricCatalogue.Current.For(EntityKind.Workload)[2].Name;

    private readonly FakeTimeProvider _clock = new(Start.AddHours(1).AddMinutes(11));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RollUp RollUp => new(database.DataSource, _clock, Limits);

    private Compaction Compaction => new(database.DataSource, _clock, Limits);

    [Fact]
    public async Task Roll_ups_agree_with_the_samples_also_after_late_frames_and_a_second_run()
    {
        var agent = await WriteHourAsync("rollups", 600);
        await RollUp.RunAsync(Token);
        Assert.Equal(0, await DisagreementsAsync(agent.HostId));
        var late = new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity("w", EntityKind.Workload)], [Frame(0, Start.AddSeconds(30.5), 1000f, 2000f, -3000f)], []);
        await new TelemetryWriter(database.DataSource, _clock, Limits).WriteAsync([late], Token);
        Assert.NotEqual(0, await DisagreementsAsync(agent.HostId));

        await RollUp.RunAsync(Token);
        Assert.Equal(0, await DisagreementsAsync(agent.HostId));
        Assert.Equal(0, await RollUp.RunAsync(Token));
        Assert.Equal(70, await CountAsync($"SELECT count(*) FROM rollups WHERE host_id = {agent.HostId}"));
    }

    [Fact]
    public async Task Compaction_changes_no_answer()
    {
        var agent = await WriteHourAsync("compaction", Seconds);
        await RollUp.RunAsync(Token);
        var (before, window) = (await AskAsync(agent.HostId), await WindowAsync(agent.HostId));
        Assert.True(await Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token));

        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM samples WHERE host_id = {agent.HostId}"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM rollups WHERE host_id = {agent.HostId}"));
        Assert.Equal(before, await AskAsync(agent.HostId));
        Assert.Equal(window, await WindowAsync(agent.HostId));
        Assert.False(await Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token));
        Assert.Equal(before, await AskAsync(agent.HostId));
    }

    [Fact]
    public async Task A_frame_late_for_a_compacted_hour_is_readable_before_and_after_the_next_run()
    {
        var agent = await WriteHourAsync("late", Seconds);
        await Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token);
        var late = new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity("w", EntityKind.Workload)], [Frame(0, Start.AddSeconds(100.5), 1f, null, 77_777f)], []);
        await new TelemetryWriter(database.DataSource, _clock, Limits).WriteAsync([late], Token);
        await RollUp.RunAsync(Token);

        Assert.Equal(77_777f, await MaxOfSecondAsync(agent.HostId, 100));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM rollups WHERE host_id = {agent.HostId}"));
        await Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token);
        Assert.Equal(77_777f, await MaxOfSecondAsync(agent.HostId, 100));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM samples WHERE host_id = {agent.HostId}"));
        Assert.Equal(77_777f, (await SeriesAsync(agent.HostId, 60)).Max[1]);
    }

    [Fact]
    public async Task Runs_at_the_same_time_compact_once_and_lose_nothing()
    {
        var agent = await WriteHourAsync("concurrent", Seconds);
        var before = await AskAsync(agent.HostId);
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token)));
        Assert.Single(runs, true);
        Assert.Equal(before, await AskAsync(agent.HostId));
    }

    [Fact]
    public async Task A_compaction_that_dies_midway_leaves_the_rows()
    {
        var agent = await WriteHourAsync("dies", Seconds);
        var before = await AskAsync(agent.HostId);
        await ExecuteAsync($"ALTER TABLE compacted_hours ADD CONSTRAINT dies CHECK (host_id <> {agent.HostId})");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token));
        await ExecuteAsync("ALTER TABLE compacted_hours DROP CONSTRAINT dies");

        Assert.Equal(Seconds - 1, await CountAsync($"SELECT count(*) FROM samples WHERE host_id = {agent.HostId}"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM sample_blocks WHERE host_id = {agent.HostId}"));
        Assert.Equal(before, await AskAsync(agent.HostId));
        Assert.True(await Compaction.CompactAsync(agent.HostId, Start.UtcDateTime, Token));
    }

    private async Task<Headroom.Storage.Model.AgentRow> WriteHourAsync(string host, int seconds)
    {
        var agent = await database.AddAgentAsync(host, Token);
        var random = new Random(3);
        // Second 17 is missing, and the second metric comes and goes.
        var frames = Enumerable.Range(0, seconds).Where(second => second != 17).Select(second => Frame(second, Start.AddSeconds(second), (float)random.NextDouble(), second % 5 == 0 ? null : second, second % 100 / 4f)).ToList();
        await new TelemetryWriter(database.DataSource, _clock, Limits).WriteAsync([new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity("w", EntityKind.Workload)], frames, [])], Token);
        return agent;
    }

    private async Task<Series> SeriesAsync(int host, int points) => (await new SeriesReader(database.DataSource, Limits).ReadAsync([new SeriesRequest(host, await EntityAsync(host), Metric, Start, Start.AddHours(1), points)], Token))[0];

    private async Task<string> AskAsync(int host)
    {
        var answers = new List<string>();
        foreach (var points in new[] { 3_600, 1_000, 360, 60 })
        {
            var series = await SeriesAsync(host, points);
            answers.Add(string.Join(' ', new[] { series.Min, series.Max }.Select(values => string.Join(',', values))));
            // A mean of means is the mean, but not to the last bit.
            answers.Add(string.Join(',', series.Mean.Select(value => value is { } mean ? MathF.Round(mean, 3) : (float?)null)));
        }

        return string.Join('\n', answers);
    }

    private async Task<string> WindowAsync(int host)
    {
        var window = Assert.Single(await new WindowReader(database.DataSource).ReadAsync(host, EntityKind.Workload, Start.AddSeconds(10), 20, Token));
        return string.Join(' ', window.Seconds.Select(second => second is null ? "-" : $"{second[0]}/{second[1]}/{second[2]}"));
    }

    private async Task<float?> MaxOfSecondAsync(int host, int second) => (await SeriesAsync(host, 3_600)).Max[second];

    private async Task<int> EntityAsync(int host) => (await new EntityReader(database.DataSource, _clock).ListAsync(host, EntityKind.Workload, null, Token))[0].EntityId;

    /// <summary>Buckets whose stored roll-up differs from what PostgreSQL itself works out from the samples.</summary>
    private Task<long> DisagreementsAsync(int host) => CountAsync(
        $"""
        WITH truth AS (
            SELECT resolution, date_bin(make_interval(secs => resolution), at, '2000-01-01') AS at, metric, min(value), max(value), avg(value::float8) AS mean, count(value)
            FROM samples CROSS JOIN LATERAL unnest(readings) WITH ORDINALITY AS cell (value, metric) CROSS JOIN (VALUES (10), (60)) AS r (resolution)
            WHERE host_id = {host} AND value IS NOT NULL GROUP BY 1, 2, 3),
        stored AS (
            SELECT resolution_seconds::integer AS resolution, at, metric, minimum[metric] AS min, maximum[metric] AS max, mean[metric] AS mean, count[metric] AS count
            FROM rollups CROSS JOIN LATERAL generate_series(1, cardinality(count)) AS metric WHERE host_id = {host} AND count[metric] > 0)
        SELECT count(*) FROM truth AS t FULL JOIN stored AS s USING (resolution, at, metric)
        WHERE s.min IS DISTINCT FROM t.min OR s.max IS DISTINCT FROM t.max OR s.count IS DISTINCT FROM t.count OR abs(s.mean - t.mean) > 1e-6 * greatest(1, abs(t.mean))
        """);

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
