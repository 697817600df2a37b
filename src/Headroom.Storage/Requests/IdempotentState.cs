namespace Headroom.Storage.Requests;

/// <summary>What is known of a request with an Idempotency-Key.</summary>
public enum IdempotentState
{
    /// <summary>Nobody else runs it: the caller has to, and answers or releases it.</summary>
    Claimed,

    /// <summary>Somebody runs it just now.</summary>
    Running,

    /// <summary>The key came before with another request.</summary>
    OtherRequest,

    /// <summary>It was answered.</summary>
    Answered,
}

/// <summary>What a claim found.</summary>
/// <param name="State">What is known of the request.</param>
/// <param name="ClaimedAt">Names the claim.</param>
/// <param name="Answer">The sealed answer, once it was answered.</param>
public sealed record IdempotentClaim(IdempotentState State, DateTimeOffset ClaimedAt, byte[]? Answer = null);
