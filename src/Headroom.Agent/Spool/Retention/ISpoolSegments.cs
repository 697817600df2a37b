namespace Headroom.Agent.Spool.Retention;

/// <summary>What a policy may do to segments.</summary>
internal interface ISpoolSegments
{
    /// <summary>Gives up the oldest segment, counted.</summary>
    void DropOldest(string reason);

    /// <summary>Keeps one frame of ten seconds of a segment, counted.</summary>
    void Thin(Segment segment);
}
