namespace Headroom.Agent.Spool;

/// <summary>How far the spool is done with: every segment before <paramref name="Ordinal"/>, and in that one every frame up to <paramref name="Sequence"/>.</summary>
internal readonly record struct SpoolCursor(long Ordinal, long Sequence)
{
    public static SpoolCursor Start { get; } = new(0, -1);
}
