namespace Headroom.Storage.Work;

/// <summary>A worker's right to publish what a piece of work made: it ends when another worker takes the work.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="Fence">The number it was claimed with.</param>
public sealed record WorkFence(Guid WorkId, long Fence);
