namespace Headroom.Telemetry.Frames;

/// <summary>Everything an agent read at one tick.</summary>
/// <param name="Sequence">Increases by one per tick within an epoch of an agent; a hole was dropped by policy.</param>
/// <param name="At">Wall-clock time of the tick, UTC, whole milliseconds.</param>
/// <param name="Samples">One entry per entity that could be read.</param>
public sealed record Frame(long Sequence, DateTimeOffset At, IReadOnlyList<EntitySample> Samples);

/// <summary>One entity's values within a frame.</summary>
/// <param name="LocalId">The entity, by its <see cref="EntityDescriptor.LocalId"/> in the same batch.</param>
/// <param name="Values">Values by catalogue ordinal of the entity's kind.</param>
public sealed record EntitySample(int LocalId, MetricVector Values);
