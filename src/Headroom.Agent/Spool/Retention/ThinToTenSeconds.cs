namespace Headroom.Agent.Spool.Retention;

/// <summary>The oldest frames are thinned to one of ten seconds; only when nothing is left to thin do frames go altogether.</summary>
internal sealed class ThinToTenSeconds : IRetentionPolicy
{
    public string Name => "thin-to-10s";

    public void MakeRoom(ISpoolSegments spool, IReadOnlyList<Segment> sealedSegments)
    {
        if (sealedSegments.FirstOrDefault(segment => !segment.IsThinned) is { } segment)
        {
            spool.Thin(segment);
        }
        else
        {
            spool.DropOldest(DropReason.Bytes);
        }
    }
}
