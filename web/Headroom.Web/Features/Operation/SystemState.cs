namespace Headroom.Web.Features.Operation;

/// <summary>How this server itself is doing.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="StartedAt">When this process started.</param>
/// <param name="FramesPerSecond">Frames stored per second, mean of the last minute.</param>
/// <param name="ValuesPerSecond">Values stored per second, mean of the last minute.</param>
/// <param name="RejectedFrames">Frames and points refused since the start.</param>
/// <param name="WaitingWrites">Writes in line for a commit.</param>
/// <param name="CommitSeconds">Mean time of a commit in the last minute; null when there was none.</param>
/// <param name="LargestLagSeconds">How late the newest frame of the slowest live agent was stored; null without a live agent.</param>
/// <param name="LiveAgents">Agents that sent within half a minute.</param>
/// <param name="KnownAgents">Agents that are not revoked.</param>
/// <param name="DroppedFramesLastDay">Frames that agents dropped, or that were refused.</param>
/// <param name="DatabaseBytes">Size of the database, indexes included.</param>
/// <param name="FreeBytes">Free space of its disk; null when the server cannot see it.</param>
/// <param name="GrowthBytesPerSecond">Pace at which the database grows; null in the first ten minutes.</param>
/// <param name="DiskFullAt">When the disk is full at that pace; null when not within ten years or not known.</param>
/// <param name="ProcessBytes">Memory this process occupies.</param>
internal sealed record SystemState(
    DateTimeOffset At,
    DateTimeOffset StartedAt,
    double FramesPerSecond,
    double ValuesPerSecond,
    long RejectedFrames,
    long WaitingWrites,
    double? CommitSeconds,
    double? LargestLagSeconds,
    int LiveAgents,
    int KnownAgents,
    long DroppedFramesLastDay,
    long DatabaseBytes,
    long? FreeBytes,
    double? GrowthBytesPerSecond,
    DateTimeOffset? DiskFullAt,
    long ProcessBytes);
