using Headroom.Storage.Writing;
using Headroom.Telemetry.Frames;

namespace Headroom.Ingestion.Commit;

/// <summary>Batches of one request on their way into the store; the request waits for <see cref="Outcome"/>.</summary>
/// <param name="lane">Who they are from: the batches of one sender stay in order.</param>
/// <param name="batches">One for an agent, one per host for a foreign sender.</param>
internal sealed class PendingWrite(Guid lane, IReadOnlyList<FrameBatch> batches)
{
    // The continuation answers a request: it must not run on the lane.
    private readonly TaskCompletionSource<IReadOnlyList<WriteOutcome>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Lane { get; } = lane;

    public IReadOnlyList<FrameBatch> Batches { get; } = batches;

    public int RowCount { get; } = batches.Sum(batch => batch.Frames.Sum(frame => frame.Samples.Count));

    /// <summary>What became of each batch; ends only after the transaction was committed, or failed.</summary>
    public Task<IReadOnlyList<WriteOutcome>> Outcome => _outcome.Task;

    public void Committed(IReadOnlyList<WriteOutcome> outcomes) => _outcome.TrySetResult(outcomes);

    public void Failed(Exception exception) => _outcome.TrySetException(exception);
}
