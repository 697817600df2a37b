namespace Headroom.Storage.Model;

/// <summary>How far an agent's epoch is stored. The row is locked while frames of the epoch are written: that makes them exactly-once.</summary>
public sealed class AgentEpochRow
{
    public int HostId { get; init; }

    public Guid AgentId { get; init; }

    public Guid Epoch { get; init; }

    /// <summary>Every sequence up to and including this one is stored or known to be dropped; -1 before the first.</summary>
    public long AcknowledgedSequence { get; set; }

    /// <summary>Time of the newest frame stored.</summary>
    public DateTimeOffset? LastFrameAt { get; set; }

    /// <summary>When the server last heard of the epoch.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
