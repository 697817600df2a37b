using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Live;

/// <summary>
/// Tells followers in this process of every batch after its commit. A follower that is too slow loses the oldest batches, and is told
/// how many; it never holds up ingestion. What another server process committed is announced by the store, not here.
/// </summary>
public sealed class LiveFrames(IOptions<IngestionOptions> options)
{
    private readonly ConcurrentDictionary<LiveFollower, byte> _followers = new();

    /// <summary>How many follow now.</summary>
    public int FollowerCount => _followers.Count;

    /// <summary>Follows from now on, until the follower is disposed.</summary>
    /// <param name="agentId">Only this agent, or all when null.</param>
    public LiveFollower Follow(Guid? agentId = null)
    {
        var follower = new LiveFollower(agentId, options.Value.LiveBatchesPerFollower, gone => _followers.TryRemove(gone, out _));
        _followers.TryAdd(follower, 0);
        return follower;
    }

    internal void Publish(LiveBatch batch)
    {
        foreach (var (follower, _) in _followers)
        {
            follower.Offer(batch);
        }
    }
}

/// <summary>One who follows; read it with <see cref="ReadAllAsync"/>.</summary>
public sealed class LiveFollower : IDisposable
{
    private readonly Guid? _agentId;
    private readonly Action<LiveFollower> _gone;
    private readonly Channel<LiveBatch> _batches;
    private long _lost;

    internal LiveFollower(Guid? agentId, int capacity, Action<LiveFollower> gone)
    {
        (_agentId, _gone) = (agentId, gone);
        _batches = Channel.CreateBounded<LiveBatch>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _lost));
    }

    /// <summary>Batches that this follower was too slow for.</summary>
    public long LostBatches => Interlocked.Read(ref _lost);

    /// <summary>Batches as they are committed; ends when the follower is disposed.</summary>
    public IAsyncEnumerable<LiveBatch> ReadAllAsync(CancellationToken cancellationToken) => _batches.Reader.ReadAllAsync(cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _gone(this);
        _batches.Writer.TryComplete();
    }

    internal void Offer(LiveBatch batch)
    {
        if (_agentId is null || _agentId == batch.AgentId)
        {
            _batches.Writer.TryWrite(batch);
        }
    }
}
