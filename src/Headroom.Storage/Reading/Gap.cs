namespace Headroom.Storage.Reading;

/// <summary>Frames of a host that will never be there, and why.</summary>
/// <param name="From">Time of the first of them.</param>
/// <param name="To">Time of the last of them.</param>
/// <param name="FrameCount">How many.</param>
/// <param name="Reason">Policy or fault, for example <c>spool-bytes</c>, <c>torn-write</c>, <c>refused-ahead-of-clock</c>.</param>
public sealed record Gap(DateTimeOffset From, DateTimeOffset To, long FrameCount, string Reason);
