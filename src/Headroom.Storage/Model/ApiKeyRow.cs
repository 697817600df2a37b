namespace Headroom.Storage.Model;

/// <summary>A person's key for programs.</summary>
public sealed class ApiKeyRow
{
    public Guid KeyId { get; init; }

    public Guid PersonId { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key; the key itself is shown once and never stored.</summary>
    public required byte[] KeyHash { get; init; }

    public KeyScope Scope { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
