using Headroom.Ingestion.Commit;
using Headroom.Storage;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Series;

/// <summary>What both foreign protocols share: points go into the sender's series, the rows they make are stored, the rest is counted.</summary>
internal sealed partial class ForeignIntake(
    SeriesTables tables,
    ForeignAgents agents,
    CommitQueue queue,
    UnmappedSeries unmapped,
    IngestionMetrics metrics,
    TimeProvider clock,
    IOptions<IngestionOptions> options,
    IOptions<StorageOptions> storage,
    ILogger<ForeignIntake> logger)
{
    /// <summary>Reads one request's points and waits until what they became is committed.</summary>
    /// <param name="sender">The ingest key.</param>
    /// <param name="receiver">Name of the receiver, also the source of the agents that stand for its hosts.</param>
    /// <param name="read">Reads the body; it may throw half-way, then nothing of it is stored.</param>
    public async Task<PointIntake> TakeAsync(Guid sender, string receiver, Action<SeriesTable, PointIntake> read)
    {
        var table = tables.Of(sender);
        var intake = new PointIntake(options.Value, TimeBounds.At(clock.GetUtcNow(), storage.Value), unmapped);
        lock (table.Gate)
        {
            table.Sweep();
            read(table, intake);
        }

        Count(receiver, intake);
        var batches = await BatchesAsync(sender, receiver, intake.Rows).ConfigureAwait(false);
        if (batches.Count > 0)
        {
            await queue.AddRows(new PendingWrite(sender, batches)).Outcome.ConfigureAwait(false);
        }

        return intake;
    }

    private async ValueTask<List<FrameBatch>> BatchesAsync(Guid sender, string receiver, RowBuilder rows)
    {
        var batches = new List<FrameBatch>();
        foreach (var host in rows.Rows.GroupBy(row => row.Key.Entity.Reference.HostName))
        {
            var agentId = await agents.FindOrAddAsync(sender, host.Key, receiver, CancellationToken.None).ConfigureAwait(false);
            var locals = host.Select(row => row.Key.Entity).Distinct().Select((entity, i) => (entity, i)).ToDictionary(pair => pair.entity, pair => pair.i);
            var frames = host.GroupBy(row => row.Key.Second).OrderBy(second => second.Key).Select(second => new Frame(
                0,
                DateTimeOffset.FromUnixTimeSeconds(second.Key),
                second.Select(row => new EntitySample(locals[row.Key.Entity], row.Value)).ToList()));
            batches.Add(new FrameBatch(
                agentId, Guid.Empty, MetricCatalogue.Current.Version, locals.Select(local => local.Key.Describe(local.Value)).ToList(), frames.ToList(), []));
        }

        return batches;
    }

    private void Count(string receiver, PointIntake intake)
    {
        metrics.Unmapped(receiver, intake.UnmappedPoints);
        foreach (var (reason, (count, _)) in intake.Rejected.ByReason)
        {
            metrics.Rejected(receiver, reason, count);
        }

        if (intake.NewUnmappedNames.Count > 0)
        {
            Log.Unmapped(logger, receiver, intake.NewUnmappedNames.Count, string.Join(", ", intake.NewUnmappedNames.Take(MaxNamesInLog)));
        }
    }

    private const int MaxNamesInLog = 20;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Receiver} brought {NameCount} metric names that are not mapped, for example {Names}")]
        public static partial void Unmapped(ILogger logger, string receiver, int nameCount, string names);
    }
}
