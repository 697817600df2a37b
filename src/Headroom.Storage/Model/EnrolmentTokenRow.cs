namespace Headroom.Storage.Model;

/// <summary>A token that becomes a per-agent key: once, or as often as it has uses for a fleet that enrols by itself.</summary>
public sealed class EnrolmentTokenRow
{
    /// <summary>SHA-256 of the token; the token itself is shown once and never stored.</summary>
    public required byte[] TokenHash { get; init; }

    public required string Note { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many agents it may still enrol.</summary>
    public int UsesLeft { get; set; } = 1;

    /// <summary>When it was used last.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    public Guid? UsedByAgentId { get; set; }
}
