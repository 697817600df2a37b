namespace Headroom.Agent.Spool;

/// <summary>What a segment holds; written as its last record when it is sealed.</summary>
/// <param name="FirstSequence">First sequence it held when it was written.</param>
/// <param name="LastSequence">Last one.</param>
/// <param name="FromUnixMilliseconds">Time of the first frame.</param>
/// <param name="ToUnixMilliseconds">Time of the last frame.</param>
/// <param name="FrameCount">Frames it holds now.</param>
/// <param name="ThinnedCount">Frames that were thinned out of it.</param>
internal readonly record struct SegmentSummary(
    long FirstSequence,
    long LastSequence,
    long FromUnixMilliseconds,
    long ToUnixMilliseconds,
    long FrameCount,
    long ThinnedCount)
{
    public static SegmentSummary Empty { get; } = new(0, -1, 0, 0, 0, 0);

    public DateTimeOffset From => DateTimeOffset.FromUnixTimeMilliseconds(FromUnixMilliseconds);

    public DateTimeOffset To => DateTimeOffset.FromUnixTimeMilliseconds(ToUnixMilliseconds);

    public SegmentSummary With(long sequence, long unixMilliseconds) => FrameCount == 0
        ? new SegmentSummary(sequence, sequence, unixMilliseconds, unixMilliseconds, 1, ThinnedCount)
        : this with { LastSequence = sequence, ToUnixMilliseconds = unixMilliseconds, FrameCount = FrameCount + 1 };
}
