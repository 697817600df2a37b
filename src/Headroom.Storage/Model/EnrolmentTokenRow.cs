namespace Headroom.Storage.Model;

/// <summary>A single-use token that becomes a per-agent key.</summary>
public sealed class EnrolmentTokenRow
{
    /// <summary>SHA-256 of the token; the token itself is shown once and never stored.</summary>
    public required byte[] TokenHash { get; init; }

    public required string Note { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public Guid? UsedByAgentId { get; set; }
}
