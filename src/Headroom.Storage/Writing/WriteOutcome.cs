namespace Headroom.Storage.Writing;

/// <summary>What became of one batch after its transaction was committed.</summary>
/// <param name="StoredFrames">Frames that were new.</param>
/// <param name="DuplicateFrames">Frames that had been stored before and were left alone.</param>
/// <param name="StoredValues">Values (not rows) stored.</param>
/// <param name="AcknowledgedSequence">Every sequence of the epoch up to and including this one is stored or known to be dropped.</param>
public sealed record WriteOutcome(int StoredFrames, int DuplicateFrames, long StoredValues, long AcknowledgedSequence)
{
    /// <summary>Frames refused because their time is too far ahead of the server's clock or older than what is kept; each is recorded as a gap.</summary>
    public int RefusedFrames => RefusalReasons.Values.Sum();

    /// <summary>How many of them per reason.</summary>
    public IReadOnlyDictionary<string, int> RefusalReasons { get; init; } = NoReasons;

    // One object for all, so that outcomes without refusals are equal.
    internal static readonly IReadOnlyDictionary<string, int> NoReasons = new Dictionary<string, int>();
}
