namespace Headroom.Storage.Model;

/// <summary>Something that sends frames about one host: our agent, or an outside source such as a Prometheus.</summary>
public sealed class AgentRow
{
    public Guid AgentId { get; init; }

    public int HostId { get; init; }

    /// <summary>What sends: <c>headroom-agent</c>, <c>otlp</c>, <c>prometheus</c>.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the agent's key; null for a source that is authenticated otherwise.</summary>
    public byte[]? KeyHash { get; set; }

    /// <summary>SHA-256 of the key before the last rotation, good until <see cref="PreviousKeyUntil"/>.</summary>
    public byte[]? PreviousKeyHash { get; set; }

    public DateTimeOffset? PreviousKeyUntil { get; set; }

    /// <summary>When somebody asked that the agent take a new key; null once it has one.</summary>
    public DateTimeOffset? RotationWantedAt { get; set; }

    public string? Version { get; set; }

    public DateTimeOffset EnrolledAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
