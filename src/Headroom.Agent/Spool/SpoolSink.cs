using Headroom.Agent.Sampling;
using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Spool;

/// <summary>Puts each tick of the sampling loop into the spool and wakes whoever sends.</summary>
internal sealed class SpoolSink(FrameSpool spool, FrameSignal signal) : IFrameSink
{
    public ValueTask WriteAsync(
        DateTimeOffset at,
        IReadOnlyList<EntitySample> samples,
        IReadOnlyList<EntityDescriptor> entities,
        CancellationToken cancellationToken)
    {
        spool.Append(at, samples, entities);
        signal.Set();
        spool.SyncWhenDue();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
