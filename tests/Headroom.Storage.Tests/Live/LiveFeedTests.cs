using Headroom.Storage.Live;
using Headroom.Storage.Writing;
using Headroom.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Headroom.Storage.Tests.Batches;

namespace Headroom.Storage.Tests.Live;

public sealed class LiveFeedTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_subscriber_hears_of_frames_of_its_host()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var agent = await database.AddAgentAsync("live", limit.Token);
        using var feed = new LiveFeed(database.DataSource, TimeProvider.System, NullLogger<LiveFeed>.Instance);
        await using var news = feed.SubscribeAsync(agent.HostId, limit.Token).GetAsyncEnumerator(limit.Token);
        // One at once, one when the listener is connected.
        Assert.True(await news.MoveNextAsync());
        await feed.StartAsync(limit.Token);
        Assert.True(await news.MoveNextAsync());

        var heard = news.MoveNextAsync();
        await new TelemetryWriter(database.DataSource, new FakeTimeProvider(Start), Options.Create(new StorageOptions())).WriteAsync([Seconds(agent.AgentId, Guid.NewGuid(), 0, 1)], limit.Token);
        Assert.True(await heard);
        await feed.StopAsync(limit.Token);
    }
}
