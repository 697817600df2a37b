using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Sampling;

/// <summary>Drops every frame: for measuring what collecting alone costs.</summary>
internal sealed class DiscardSink : IFrameSink
{
    public ValueTask WriteAsync(
        DateTimeOffset at,
        IReadOnlyList<EntitySample> samples,
        IReadOnlyList<EntityDescriptor> entities,
        CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
