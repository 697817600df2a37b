namespace Headroom.Storage.Model;

/// <summary>A request that came with an Idempotency-Key, and what it was answered.</summary>
public sealed class IdempotentRequestRow
{
    /// <summary>SHA-256 of caller and key.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>SHA-256 of method, address and body.</summary>
    public required byte[] RequestHash { get; init; }

    public DateTimeOffset ClaimedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The sealed answer; null while the request runs.</summary>
    public byte[]? Answer { get; init; }
}
