using Headroom.Ingestion.Live;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Frames;

namespace Headroom.Ingestion.Commit;

/// <summary>The two ways into the store: frames of agents, which are new or repeated as a whole, and rows of foreign senders, which are merged.</summary>
internal sealed class BatchStores(TelemetryWriter writer, ForeignSequences sequences, LiveFrames live)
{
    public async Task<IReadOnlyList<WriteOutcome>> StoreFramesAsync(IReadOnlyList<FrameBatch> batches, CancellationToken cancellationToken)
    {
        var outcomes = await writer.WriteAsync(batches, cancellationToken).ConfigureAwait(false);
        Announce(batches, outcomes);
        return outcomes;
    }

    public async Task<IReadOnlyList<WriteOutcome>> MergeRowsAsync(IReadOnlyList<FrameBatch> batches, CancellationToken cancellationToken)
    {
        var numbered = batches.Select(sequences.Number).ToList();
        var outcomes = await writer.MergeAsync(numbered, cancellationToken).ConfigureAwait(false);
        Announce(numbered, outcomes);
        return outcomes;
    }

    private void Announce(IReadOnlyList<FrameBatch> batches, IReadOnlyList<WriteOutcome> outcomes)
    {
        if (live.FollowerCount == 0)
        {
            return;
        }

        for (var i = 0; i < batches.Count; i++)
        {
            if (outcomes[i].StoredFrames > 0)
            {
                live.Publish(new LiveBatch(batches[i].AgentId, batches[i].CatalogueVersion, batches[i].Entities, batches[i].Frames));
            }
        }
    }
}
