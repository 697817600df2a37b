namespace Headroom.Agent.Spool;

/// <summary>How the spool stands.</summary>
/// <param name="Bytes">Bytes of segments on disk.</param>
/// <param name="WaitingFrames">Frames that the server has not acknowledged, at most.</param>
/// <param name="NextSequence">Sequence of the next frame.</param>
/// <param name="DroppedFrames">Frames given up since the agent started.</param>
internal readonly record struct SpoolStatus(long Bytes, long WaitingFrames, long NextSequence, long DroppedFrames);
