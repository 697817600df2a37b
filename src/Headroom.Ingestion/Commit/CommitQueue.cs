using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Commit;

/// <summary>
/// Brings each write to a lane and waits for its commit. All writes of one sender use the same lane and stay in order; there are lanes
/// for frames of agents and, apart from them, for rows of foreign senders, which have to be merged.
/// </summary>
internal sealed class CommitQueue : IHostedService, IDisposable
{
    private readonly CommitLane[] _native;
    private readonly CommitLane[] _foreign;
    private readonly CancellationTokenSource _giveUp = new();
    private Task[] _running = [];

    public CommitQueue(BatchStores stores, IOptions<IngestionOptions> options, IngestionMetrics metrics, TimeProvider clock, ILogger<CommitQueue> logger)
    {
        CommitLane Lane(StoreBatches store) => new(store, options.Value, metrics, clock, logger);
        _native = Enumerable.Range(0, options.Value.ParallelCommits).Select(_ => Lane(stores.StoreFramesAsync)).ToArray();
        _foreign = Enumerable.Range(0, options.Value.ParallelCommits).Select(_ => Lane(stores.MergeRowsAsync)).ToArray();
    }

    /// <summary>Puts an agent's frames in line; its <see cref="PendingWrite.Outcome"/> ends after the commit.</summary>
    /// <exception cref="ServerStoppingException">The server takes nothing more.</exception>
    public PendingWrite AddFrames(PendingWrite write) => Add(_native, write);

    /// <summary>Puts a foreign sender's rows in line; its <see cref="PendingWrite.Outcome"/> ends after the commit.</summary>
    /// <exception cref="ServerStoppingException">The server takes nothing more.</exception>
    public PendingWrite AddRows(PendingWrite write) => Add(_foreign, write);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = _native.Concat(_foreign).Select(lane => Task.Run(() => lane.RunAsync(_giveUp.Token), CancellationToken.None)).ToArray();
        return Task.CompletedTask;
    }

    /// <summary>Stores what is in line, as long as the host waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _native.Concat(_foreign))
        {
            lane.Close();
        }

        await using (cancellationToken.Register(_giveUp.Cancel))
        {
            await Task.WhenAll(_running).ConfigureAwait(false);
        }
    }

    public void Dispose() => _giveUp.Dispose();

    private static PendingWrite Add(CommitLane[] lanes, PendingWrite write)
    {
        var lane = lanes[(uint)write.Lane.GetHashCode() % (uint)lanes.Length];
        return lane.TryAdd(write) ? write : throw new ServerStoppingException();
    }
}
