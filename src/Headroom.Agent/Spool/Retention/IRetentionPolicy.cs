namespace Headroom.Agent.Spool.Retention;

/// <summary>What goes first when the spool is full.</summary>
internal interface IRetentionPolicy
{
    string Name { get; }

    /// <summary>Makes room.</summary>
    /// <param name="spool">The spool that is full.</param>
    /// <param name="sealedSegments">Segments that may be touched, oldest first; at least one.</param>
    void MakeRoom(ISpoolSegments spool, IReadOnlyList<Segment> sealedSegments);
}
