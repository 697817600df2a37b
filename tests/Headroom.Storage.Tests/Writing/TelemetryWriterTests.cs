using Headroom.Storage.Model;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static Headroom.Storage.Tests.Batches;

namespace Headroom.Storage.Tests.Writing;

public sealed class TelemetryWriterTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly float?[] Missing = [1f, null, -0f, float.Epsilon, null, float.MaxValue, null];
    private static readonly float?[] Nothing = [null, null, null];

    private readonly FakeTimeProvider _clock = new(Start.AddMinutes(5));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TelemetryWriter Writer() => new(database.DataSource, _clock, Options.Create(new StorageOptions()));

    private Task<AgentRow> AgentAsync(string host) => database.AddAgentAsync(host, Token);

    [Fact]
    public async Task Copy_stores_every_value_and_keeps_missing_ones_missing()
    {
        var agent = await AgentAsync("values");
        var outcomes = await Writer().WriteAsync([new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity()], [Frame(0, Start.AddMilliseconds(250), Missing), Frame(1, Start.AddSeconds(1), Nothing)], [])], Token);

        Assert.Equal(new WriteOutcome(2, 0, 4, 1), Assert.Single(outcomes));
        await using var command = database.DataSource.CreateCommand("SELECT at, readings FROM samples WHERE host_id = $1 ORDER BY at");
        command.Parameters.Add(new() { Value = agent.HostId });
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal(Start.AddMilliseconds(250), reader.GetFieldValue<DateTimeOffset>(0));
        Assert.Equal(Missing[..6].Select(Bits), (await reader.GetFieldValueAsync<float?[]>(1, Token)).Select(Bits));
        Assert.True(await reader.ReadAsync(Token));
        Assert.Empty(await reader.GetFieldValueAsync<float?[]>(1, Token));
        Assert.False(await reader.ReadAsync(Token));
    }

    [Fact]
    public async Task A_frame_that_arrives_again_is_stored_once()
    {
        var agent = await AgentAsync("again");
        var epoch = Guid.NewGuid();
        var writer = Writer();
        await writer.WriteAsync([Seconds(agent.AgentId, epoch, 0, 10)], Token);
        var outcomes = await Writer().WriteAsync([Seconds(agent.AgentId, epoch, 0, 15), Seconds(agent.AgentId, epoch, 10, 5)], Token);

        Assert.Equal([(5, 10, 14L), (0, 5, 14L)], outcomes.Select(outcome => (outcome.StoredFrames, outcome.DuplicateFrames, outcome.AcknowledgedSequence)));
        Assert.Equal(15, await CountAsync(agent.HostId));
    }

    [Fact]
    public async Task Writers_that_send_the_same_frames_at_once_store_them_once()
    {
        var agent = await AgentAsync("race");
        var epoch = Guid.NewGuid();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Writer().WriteAsync([Seconds(agent.AgentId, epoch, 0, 50)], Token)));

        Assert.Equal(50, outcomes.Sum(outcome => outcome[0].StoredFrames));
        Assert.All(outcomes, outcome => Assert.Equal(49, outcome[0].AcknowledgedSequence));
        Assert.Equal(50, await CountAsync(agent.HostId));
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_nothing()
    {
        var agent = await AgentAsync("fails");
        var good = Seconds(agent.AgentId, Guid.NewGuid(), 0, 10);
        var broken = good with { Epoch = Guid.NewGuid(), Entities = [Entity("\0")], Frames = [] };
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Writer().WriteAsync([good, broken], Token));

        Assert.Equal(0, await CountAsync(agent.HostId));
        await using var context = database.CreateContext();
        Assert.False(await context.AgentEpochs.AnyAsync(epoch => epoch.AgentId == agent.AgentId, Token));
        Assert.False(await context.Entities.AnyAsync(entity => entity.HostId == agent.HostId, Token));
        var outcome = Assert.Single(await Writer().WriteAsync([good], Token));
        Assert.Equal(10, outcome.StoredFrames);
    }

    [Fact]
    public async Task An_agent_that_is_not_enrolled_is_refused_by_name()
    {
        var stranger = Guid.NewGuid();
        var refusal = await Assert.ThrowsAsync<UnknownAgentException>(() => Writer().WriteAsync([Seconds(stranger, Guid.NewGuid(), 0, 1)], Token));
        Assert.Contains(stranger.ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drops_become_gaps_once_and_move_the_watermark_only_when_nothing_before_them_can_come()
    {
        var agent = await AgentAsync("drops");
        var epoch = Guid.NewGuid();
        var follows = new DroppedRange(3, 9, Start.AddSeconds(3), Start.AddSeconds(9), 7, "spool-bytes");
        var later = new DroppedRange(50, 59, Start.AddSeconds(50), Start.AddSeconds(59), 10, "torn-write");
        var batch = Seconds(agent.AgentId, epoch, 0, 3) with { Drops = [follows, later] };
        var first = Assert.Single(await Writer().WriteAsync([batch], Token));
        var second = Assert.Single(await Writer().WriteAsync([batch], Token));

        Assert.Equal((3, 9L), (first.StoredFrames, first.AcknowledgedSequence));
        Assert.Equal((0, 9L), (second.StoredFrames, second.AcknowledgedSequence));
        await using var context = database.CreateContext();
        var gaps = await context.Gaps.Where(gap => gap.HostId == agent.HostId).OrderBy(gap => gap.FirstSequence).ToListAsync(Token);
        Assert.Equal([("spool-bytes", 7L), ("torn-write", 10L)], gaps.Select(gap => (gap.Reason, gap.FrameCount)));
    }

    [Fact]
    public async Task Frames_ahead_of_the_clock_or_older_than_retention_are_refused_and_shown_as_gaps()
    {
        var agent = await AgentAsync("clock");
        var now = _clock.GetUtcNow();
        var batch = new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity()], [Frame(0, now.AddDays(-31), 1f), Frame(1, now, 2f), Frame(2, now.AddHours(1), 3f)], []);
        var outcome = Assert.Single(await Writer().WriteAsync([batch], Token));

        Assert.Equal((1, 2, 2L), (outcome.StoredFrames, outcome.RefusedFrames, outcome.AcknowledgedSequence));
        await using var context = database.CreateContext();
        var reasons = await context.Gaps.Where(gap => gap.HostId == agent.HostId).OrderBy(gap => gap.FirstSequence).Select(gap => gap.Reason).ToListAsync(Token);
        Assert.Equal(["refused-older-than-retention", "refused-ahead-of-clock"], reasons);
    }

    [Fact]
    public async Task Two_sources_at_the_same_instant_are_merged_value_by_value()
    {
        var agent = await AgentAsync("merge");
        var first = new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity()], [Frame(0, Start, 1f, null, 3f)], []);
        var second = new FrameBatch(agent.AgentId, Guid.NewGuid(), 1, [Entity()], [Frame(0, Start, null, 20f, 30f, 4f), Frame(1, Start, null, 2f)], []);
        await Writer().WriteAsync([first], Token);
        var outcome = Assert.Single(await Writer().WriteAsync([second], Token));

        Assert.Equal(2, outcome.StoredFrames);
        await using var command = database.DataSource.CreateCommand($"SELECT readings FROM samples WHERE host_id = {agent.HostId}");
        float[] expected = [1f, 2f, 30f, 4f];
        Assert.Equal(expected, (float[])(await command.ExecuteScalarAsync(Token))!);
    }

    [Fact]
    public async Task An_entity_keeps_its_id_when_its_name_changes()
    {
        var agent = await AgentAsync("names");
        var epoch = Guid.NewGuid();
        var writer = Writer();
        await writer.WriteAsync([Seconds(agent.AgentId, epoch, 0, 1)], Token);
        var renamed = Entity() with { Name = "renamed", Attributes = new Dictionary<string, string> { ["host.arch"] = "amd64" } };
        await writer.WriteAsync([Seconds(agent.AgentId, epoch, 1, 1, Start.AddSeconds(1)) with { Entities = [renamed] }], Token);

        await using var context = database.CreateContext();
        var entity = Assert.Single(await context.Entities.Where(row => row.HostId == agent.HostId).ToListAsync(Token));
        Assert.Equal(("renamed", EntityKind.Host, "amd64"), (entity.Name, entity.Kind, entity.Attributes["host.arch"]));
        await using var command = database.DataSource.CreateCommand($"SELECT count(DISTINCT entity_id) FROM samples WHERE host_id = {agent.HostId}");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Token));
    }

    private async Task<long> CountAsync(int hostId)
    {
        await using var command = database.DataSource.CreateCommand($"SELECT count(*) FROM samples WHERE host_id = {hostId}");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static int? Bits(float? value) => value is { } number ? BitConverter.SingleToInt32Bits(number) : null;
}
