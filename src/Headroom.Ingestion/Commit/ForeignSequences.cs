using System.Collections.Concurrent;
using Headroom.Telemetry.Frames;

namespace Headroom.Ingestion.Commit;

/// <summary>
/// Foreign senders have no sequences; the store wants them. Each run of the server is one epoch, and every frame of a host gets the
/// next number just before it is stored. What such a sender repeats is merged with what is there, so nothing is doubled.
/// </summary>
internal sealed class ForeignSequences
{
    private readonly Guid _epoch = Guid.NewGuid();
    private readonly ConcurrentDictionary<Guid, long> _next = new();

    /// <summary>The batch with this run's epoch and the next sequences of its agent.</summary>
    public FrameBatch Number(FrameBatch batch)
    {
        var first = _next.AddOrUpdate(batch.AgentId, batch.Frames.Count, (_, next) => next + batch.Frames.Count) - batch.Frames.Count;
        return batch with { Epoch = _epoch, Frames = batch.Frames.Select((frame, i) => frame with { Sequence = first + i }).ToList() };
    }
}
