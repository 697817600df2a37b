namespace Headroom.Storage.Model;

/// <summary>Frames that were dropped or refused, and why; shown as a gap.</summary>
public sealed class GapRow
{
    public int HostId { get; init; }

    public Guid AgentId { get; init; }

    public Guid Epoch { get; init; }

    public long FirstSequence { get; init; }

    public long LastSequence { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset FromAt { get; init; }

    public DateTimeOffset ToAt { get; init; }

    public long FrameCount { get; init; }
}
