using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Sampling;

/// <summary>Where the frames of the sampling loop go.</summary>
internal interface IFrameSink : IAsyncDisposable
{
    /// <summary>Takes one tick. The sink gives the frame its sequence. It must be quick: the loop waits for it.</summary>
    /// <param name="at">Time of the tick, UTC, on a whole interval.</param>
    /// <param name="samples">What was read. The list and the vectors in it are filled anew at the next tick: whoever keeps them copies them.</param>
    /// <param name="entities">Everything the agent knows at the moment, a superset of what the samples refer to; the same object as long as nothing has changed. Local ids are never reused while the process lives.</param>
    ValueTask WriteAsync(
        DateTimeOffset at,
        IReadOnlyList<EntitySample> samples,
        IReadOnlyList<EntityDescriptor> entities,
        CancellationToken cancellationToken);
}
