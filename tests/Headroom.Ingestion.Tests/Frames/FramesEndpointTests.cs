using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Live;
using Headroom.Ingestion.Receiving;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Ingestion.Tests.Frames;

public sealed class FramesEndpointTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_are_answered_after_they_are_in_the_store()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "stored");
        var answer = await agent.SendAsync(agent.Batch(0, 10));
        Assert.Equal((9, 10, 0, 0), (answer.AcknowledgedSequence, answer.StoredFrames, answer.DuplicateFrames, answer.RejectedFrames));
        Assert.Equal(10, await CountAsync(agent));
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_counted_as_duplicate_and_stored_once()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "repeated");
        await agent.SendAsync(agent.Batch(0, 10));
        var again = await agent.SendAsync(agent.Batch(5, 10));
        Assert.Equal((14, 5, 5), (again.AcknowledgedSequence, again.StoredFrames, again.DuplicateFrames));
        Assert.Equal(15, await CountAsync(agent));
    }

    [Fact]
    public async Task Frames_at_impossible_times_are_named_and_the_rest_is_stored()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "times");
        var frames = agent.Batch(0, 3).Frames.ToList();
        frames[0] = frames[0] with { At = frames[0].At.AddYears(-2) };
        frames[2] = frames[2] with { At = frames[2].At.AddDays(2) };
        var answer = await agent.SendAsync(agent.Batch(0, 3) with { Frames = frames });
        Assert.Equal((2, 1, 2), (answer.AcknowledgedSequence, answer.StoredFrames, answer.RejectedFrames));
        Assert.Equal(
            [new RejectionReason("refused-ahead-of-clock", 1), new RejectionReason("refused-older-than-retention", 1)],
            answer.Reasons.OrderBy(reason => reason.Reason, StringComparer.Ordinal));
        Assert.Equal(1, await CountAsync(agent));
        await using var context = database.CreateContext();
        Assert.Equal(2, context.Gaps.Count(gap => gap.AgentId == agent.AgentId));
    }

    [Fact]
    public async Task Without_the_right_key_nothing_is_read()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "keys");
        var body = FrameBatchCodec.Encode(agent.Batch(0, 1));
        foreach (var key in (string?[])[null, "", "nonsense", $"{agent.AgentId}", $"{agent.AgentId}.wrong", $"{Guid.NewGuid()}.{agent.Bearer.Split('.')[1]}", new string('x', 5_000)])
        {
            using var response = await server.PostAsync(IngestContract.FramesPath, body, key, FrameBatchCodec.ContentType);
            await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "urn:headroom:ingest:unauthorised");
            Assert.NotEmpty(response.Headers.WwwAuthenticate);
        }

        Assert.Equal(0, await CountAsync(agent));
    }

    [Fact]
    public async Task An_agent_that_shall_rotate_is_asked_with_its_next_frames_until_it_has_a_new_key()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "rotated");
        await agent.SendAsync(agent.Batch(0, 1));
        Assert.True(await server.Enrolment.RequestRotationAsync(agent.AgentId, Token));

        using var asked = await agent.PostAsync(agent.Batch(1, 1));
        Assert.Equal([IngestContract.RotateWanted], asked.Headers.GetValues(IngestContract.RotateHeader));
        using var rotated = await server.PostAsync(IngestContract.RotatePath, [], agent.Bearer, "application/json");
        var fresh = (await rotated.Content.ReadFromJsonAsync(WireJson.Default.EnrolResponse, Token))!;

        var renewed = new AgentSimulation(server, fresh);
        using var answer = await renewed.PostAsync(renewed.Batch(2, 1));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains(IngestContract.RotateHeader));
    }

    [Fact]
    public async Task A_revoked_agent_is_refused_at_once_and_cannot_rotate()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "revoked");
        await agent.SendAsync(agent.Batch(0, 1));
        Assert.True(await server.Enrolment.RevokeAgentAsync(agent.AgentId, Token));

        using var answer = await agent.PostAsync(agent.Batch(1, 1));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(await server.Enrolment.RequestRotationAsync(agent.AgentId, Token));
        var listed = Assert.Single(await server.Enrolment.ListAgentsAsync(0, 100, Token), one => one.AgentId == agent.AgentId);
        Assert.NotNull(listed.RevokedAt);
        Assert.NotNull(listed.Lag);
    }

    [Fact]
    public async Task Who_keeps_guessing_keys_has_to_wait()
    {
        await using var server = await IngestionServer.StartAsync(database, options => options.FailedLoginsPerSecondPerAddress = 1);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
        {
            using var response = await server.PostAsync(IngestContract.FramesPath, [], $"{Guid.NewGuid()}.guess", FrameBatchCodec.ContentType);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task A_batch_of_another_agent_is_forbidden()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var (one, other) = (await AgentSimulation.EnrolAsync(server, "one"), await AgentSimulation.EnrolAsync(server, "other"));
        using var response = await one.PostAsync(other.Batch(0, 1));
        await AssertProblemAsync(response, HttpStatusCode.Forbidden, "urn:headroom:ingest:wrong-agent");
    }

    [Fact]
    public async Task A_catalogue_of_the_future_is_refused_with_a_reason()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "future");
        using var response = await agent.PostAsync(agent.Batch(0, 1) with { CatalogueVersion = MetricCatalogue.Current.Version + 1 });
        await AssertProblemAsync(response, HttpStatusCode.UnprocessableEntity, "urn:headroom:ingest:unknown-catalogue");
    }

    [Fact]
    public async Task More_values_than_the_catalogue_has_are_refused()
    {
        await using var server = await IngestionServer.StartAsync(database);
        var agent = await AgentSimulation.EnrolAsync(server, "wide");
        var batch = agent.Batch(0, 1);
        using var response = await agent.PostAsync(batch with { Frames = [batch.Frames[0] with { Samples = [new EntitySample(0, new MetricVector(2_000))] }] });
        var detail = await AssertProblemAsync(response, HttpStatusCode.BadRequest, "urn:headroom:ingest:malformed");
        Assert.Contains("web.service", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_that_are_no_batches_are_refused_and_the_server_goes_on()
    {
        await using var server = await IngestionServer.StartAsync(database, options => options.RequestsPerSecondPerSender = 100_000);
        var agent = await AgentSimulation.EnrolAsync(server, "hostile");
        var good = FrameBatchCodec.Encode(agent.Batch(0, 3));
        var random = new Random(17);
        for (var i = 0; i < 200; i++)
        {
            var bad = i % 2 == 0 ? good[..random.Next(good.Length)] : [.. good];
            if (i % 2 == 1)
            {
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            }

            using var response = await agent.PostAsync(bad);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal(3, (await agent.SendAsync(agent.Batch(0, 3))).StoredFrames);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_too_large_whether_it_says_so_or_not()
    {
        await using var server = await IngestionServer.StartAsync(database, options => options.MaxBodyBytes = 10_000);
        var agent = await AgentSimulation.EnrolAsync(server, "large");
        using var honest = await agent.PostAsync(new byte[20_000]);
        await AssertProblemAsync(honest, HttpStatusCode.RequestEntityTooLarge, "urn:headroom:ingest:body-too-large");

        var chunked = new HttpRequestMessage(HttpMethod.Post, IngestContract.FramesPath) { Content = new StreamContent(new MemoryStream(new byte[20_000])) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Authorization = new("Bearer", agent.Bearer);
        chunked.Content.Headers.ContentType = new(FrameBatchCodec.ContentType);
        using var response = await server.Client.SendAsync(chunked, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task An_agent_that_is_too_fast_is_told_when_to_come_back()
    {
        await using var server = await IngestionServer.StartAsync(database, options => (options.FramesPerSecondPerAgent, options.FrameBurstPerAgent, options.MaxFramesPerBatch) = (1, 10, 10));
        var agent = await AgentSimulation.EnrolAsync(server, "fast");
        await agent.SendAsync(agent.Batch(0, 10));
        using var response = await agent.PostAsync(agent.Batch(10, 10));
        await AssertProblemAsync(response, HttpStatusCode.TooManyRequests, "urn:headroom:ingest:rate-exceeded");
        Assert.True(response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));

        var other = await AgentSimulation.EnrolAsync(server, "calm");
        Assert.Equal(10, (await other.SendAsync(other.Batch(0, 10))).StoredFrames);
    }

    [Fact]
    public async Task Without_memory_left_the_server_says_come_back_and_recovers()
    {
        await using var server = await IngestionServer.StartAsync(database, options => (options.MaxBodyBytes, options.MaxDecompressedBytes, options.MemoryBytes) = (100_000, 100_000, 200_000));
        var agent = await AgentSimulation.EnrolAsync(server, "memory");
        using var held = server.Services.GetRequiredService<RequestGate>().Lease();
        held.Take(199_990);
        using var refused = await agent.PostAsync(agent.Batch(0, 10));
        await AssertProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "urn:headroom:ingest:busy");
        Assert.NotNull(refused.Headers.RetryAfter);

        held.Dispose();
        Assert.Equal(10, (await agent.SendAsync(agent.Batch(0, 10))).StoredFrames);
        Assert.Equal(0, server.Services.GetRequiredService<MemoryBudget>().TakenBytes);
    }

    [Fact]
    public async Task Followers_see_frames_after_the_commit_and_slow_ones_lose_the_oldest()
    {
        await using var server = await IngestionServer.StartAsync(database, options => options.LiveBatchesPerFollower = 2);
        var agent = await AgentSimulation.EnrolAsync(server, "live");
        using var follower = server.Services.GetRequiredService<LiveFrames>().Follow(agent.AgentId);
        using var stranger = server.Services.GetRequiredService<LiveFrames>().Follow(Guid.NewGuid());
        for (var i = 0; i < 4; i++)
        {
            await agent.SendAsync(agent.Batch(i, 1));
        }

        var seen = new List<long>();
        await foreach (var batch in follower.ReadAllAsync(Token))
        {
            seen.Add(batch.Frames[0].Sequence);
            if (seen.Count == 2)
            {
                break;
            }
        }

        Assert.Equal([2L, 3L], seen);
        Assert.Equal((2L, 0L), (follower.LostBatches, stranger.LostBatches));
    }

    private async Task<long> CountAsync(AgentSimulation agent)
    {
        await using var command = database.DataSource.CreateCommand("SELECT count(*) FROM samples JOIN agents USING (host_id) WHERE agent_id = $1");
        command.Parameters.Add(new() { Value = agent.AgentId });
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task<string> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(Token);
        Assert.Equal(type, (string?)problem!["type"]);
        return (string?)problem["detail"] ?? "";
    }
}
