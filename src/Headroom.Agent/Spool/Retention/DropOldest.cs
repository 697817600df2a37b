namespace Headroom.Agent.Spool.Retention;

/// <summary>The oldest frames go first.</summary>
internal sealed class DropOldest : IRetentionPolicy
{
    public const string PolicyName = "drop-oldest";

    public string Name => PolicyName;

    public void MakeRoom(ISpoolSegments spool, IReadOnlyList<Segment> sealedSegments) => spool.DropOldest(DropReason.Bytes);
}
