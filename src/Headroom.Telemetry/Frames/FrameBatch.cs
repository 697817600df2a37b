namespace Headroom.Telemetry.Frames;

/// <summary>
/// What an agent sends in one request. A frame is identified by (agent, epoch, sequence): the server stores each exactly once,
/// however often it arrives. Within an epoch an agent sends its frames in order of their sequence.
/// </summary>
/// <param name="AgentId">The enrolled agent.</param>
/// <param name="Epoch">Drawn anew whenever the agent's spool starts from nothing, so that sequences never collide.</param>
/// <param name="CatalogueVersion">Version of the metric catalogue that the values are ordered by.</param>
/// <param name="Entities">Every entity that the frames refer to.</param>
/// <param name="Frames">Frames in increasing order of sequence.</param>
/// <param name="Drops">Ranges of sequences that the agent gave up by policy since the last batch.</param>
public sealed record FrameBatch(
    Guid AgentId,
    Guid Epoch,
    int CatalogueVersion,
    IReadOnlyList<EntityDescriptor> Entities,
    IReadOnlyList<Frame> Frames,
    IReadOnlyList<DroppedRange> Drops);

/// <summary>Frames that will never arrive, and why.</summary>
/// <param name="FirstSequence">First sequence of the range.</param>
/// <param name="LastSequence">Last sequence of the range, inclusive.</param>
/// <param name="From">Time of the first dropped frame.</param>
/// <param name="To">Time of the last dropped frame.</param>
/// <param name="FrameCount">How many frames of the range were dropped: all of it, or fewer when it was thinned.</param>
/// <param name="Reason">Policy or fault, for example <c>spool-bytes</c>, <c>spool-age</c>, <c>thinned-to-10s</c>, <c>torn-write</c>, <c>disk-full</c>.</param>
public sealed record DroppedRange(long FirstSequence, long LastSequence, DateTimeOffset From, DateTimeOffset To, long FrameCount, string Reason);
