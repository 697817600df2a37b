using System.Threading.Channels;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging;

namespace Headroom.Ingestion.Commit;

/// <summary>Stores batches, all in one transaction, and gives what became of each.</summary>
internal delegate Task<IReadOnlyList<WriteOutcome>> StoreBatches(IReadOnlyList<FrameBatch> batches, CancellationToken cancellationToken);

/// <summary>
/// Group commit. Takes whatever writes are waiting, stores them in one transaction, and answers them after it: the busier the
/// senders, the larger the group and the less a commit costs each. A group that fails is stored one write at a time, so that one bad
/// write fails alone.
/// </summary>
internal sealed partial class CommitLane(StoreBatches store, IngestionOptions options, IngestionMetrics metrics, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);

    // Unbounded in count only: what waits here holds its share of the memory budget.
    private readonly Channel<PendingWrite> _waiting = Channel.CreateUnbounded<PendingWrite>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Puts a write in line; false once the lane is closed.</summary>
    public bool TryAdd(PendingWrite write)
    {
        metrics.Waiting(1);
        if (_waiting.Writer.TryWrite(write))
        {
            return true;
        }

        metrics.Waiting(-1);
        return false;
    }

    /// <summary>Takes no more writes; <see cref="RunAsync"/> ends when those in line are done.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>Stores until the lane is closed and empty; the token gives up what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var group = new List<PendingWrite>();
        try
        {
            while (await GatherAsync(group, cancellationToken).ConfigureAwait(false))
            {
                await CommitAsync(group, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Close();
            while (_waiting.Reader.TryRead(out var left))
            {
                metrics.Waiting(-1);
                left.Failed(new OperationCanceledException("the server stopped before the write was committed"));
            }
        }
    }

    private async Task<bool> GatherAsync(List<PendingWrite> group, CancellationToken cancellationToken)
    {
        group.Clear();
        if (!await _waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var rows = Drain(group, 0);
        if (options.CommitLinger > TimeSpan.Zero && group.Count < options.MaxBatchesPerCommit && rows < options.MaxRowsPerCommit)
        {
            await Task.Delay(options.CommitLinger, clock, cancellationToken).ConfigureAwait(false);
            Drain(group, rows);
        }

        return true;
    }

    private int Drain(List<PendingWrite> group, int rows)
    {
        while (group.Count < options.MaxBatchesPerCommit
            && _waiting.Reader.TryPeek(out var next)
            && (group.Count == 0 || rows + next.RowCount <= options.MaxRowsPerCommit)
            && _waiting.Reader.TryRead(out next))
        {
            metrics.Waiting(-1);
            group.Add(next);
            rows += next.RowCount;
        }

        return rows;
    }

    private async Task CommitAsync(List<PendingWrite> group, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(group, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            FailAll(group, exception);
            throw;
        }
        catch (Exception exception) when (group.Count > 1 && !StoreFailure.IsPassing(exception))
        {
            Log.GroupFailed(logger, group.Count, exception);
            await CommitOneByOneAsync(group, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.WriteFailed(logger, group.Count, exception);
            FailAll(group, exception);
        }
    }

    private async Task CommitOneByOneAsync(List<PendingWrite> group, CancellationToken cancellationToken)
    {
        foreach (var write in group)
        {
            await CommitAsync([write], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StoreAsync(List<PendingWrite> group, CancellationToken cancellationToken)
    {
        var batches = group.Count == 1 ? group[0].Batches : group.SelectMany(write => write.Batches).ToList();
        using var trace = IngestionMetrics.TraceCommit(batches.Count);
        var started = clock.GetTimestamp();
        var outcomes = await WithRetriesAsync(batches, cancellationToken).ConfigureAwait(false);
        metrics.Committed(batches.Count, outcomes, clock.GetElapsedTime(started));
        var next = 0;
        foreach (var write in group)
        {
            write.Committed(outcomes.Skip(next).Take(write.Batches.Count).ToList());
            next += write.Batches.Count;
        }
    }

    private async Task<IReadOnlyList<WriteOutcome>> WithRetriesAsync(IReadOnlyList<FrameBatch> batches, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await store(batches, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (retry < options.CommitRetries && StoreFailure.IsPassing(exception))
            {
                Log.Retrying(logger, retry + 1, exception);
                metrics.CommitRetried();
                await Task.Delay(FirstBackOff * (1 << retry), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void FailAll(List<PendingWrite> group, Exception exception)
    {
        foreach (var write in group)
        {
            write.Failed(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A group of {WriteCount} writes was refused by the store; each is tried alone")]
        public static partial void GroupFailed(ILogger logger, int writeCount, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "{WriteCount} writes could not be stored")]
        public static partial void WriteFailed(ILogger logger, int writeCount, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The store failed under a group; retry {Retry}")]
        public static partial void Retrying(ILogger logger, int retry, Exception exception);
    }
}
