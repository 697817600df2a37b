using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Headroom.Storage.Live;

/// <summary>
/// Tells subscribers, in this process and whoever wrote, that new frames of a host were committed. Signals are merged while a
/// subscriber is busy; a lost connection is taken up again and then counts as news for every host.
/// </summary>
public sealed partial class LiveFeed(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<LiveFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>One item per piece of news, beginning with one at once.</summary>
    /// <param name="hostId">The host of interest, or null for any.</param>
    public async IAsyncEnumerable<DateTimeOffset> SubscribeAsync(int? hostId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var subscription = new Subscription(hostId);
        _subscriptions[subscription] = 0;
        try
        {
            yield return clock.GetUtcNow();
            await foreach (var at in subscription.News.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return at;
            }
        }
        finally
        {
            _subscriptions.TryRemove(subscription, out _);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException)
            {
                LogLost(logger, exception);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        connection.Notification += (_, news) => Publish(LiveChannel.Parse(news.Payload));
        await using (var listen = new NpgsqlCommand($"LISTEN {LiveChannel.Name}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        // Frames may have come while nobody listened.
        Publish(null);
        while (true)
        {
            await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Publish(IReadOnlySet<int>? hosts)
    {
        var at = clock.GetUtcNow();
        foreach (var subscription in _subscriptions.Keys)
        {
            if (hosts is null || subscription.HostId is not { } host || hosts.Contains(host))
            {
                subscription.News.Writer.TryWrite(at);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that announces new frames was lost; connecting again")]
    private static partial void LogLost(ILogger logger, Exception exception);

    private sealed class Subscription(int? hostId)
    {
        public int? HostId { get; } = hostId;

        public Channel<DateTimeOffset> News { get; } = Channel.CreateBounded<DateTimeOffset>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    }
}
