namespace Headroom.Jobs.Alerts.Rules;

/// <summary>Where a rule stands with one subject.</summary>
public enum AlertPhase
{
    Inactive,

    /// <summary>There is trouble, but not for long enough.</summary>
    Pending,
    Firing,
}

/// <summary>Everything the state machine remembers of one rule and one subject.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Held">For how long values of trouble followed on each other.</param>
/// <param name="BrokenAt">When the last value of trouble was seen; null after a value that was missing.</param>
public readonly record struct AlertProgress(AlertPhase Phase, TimeSpan Held, DateTimeOffset? BrokenAt)
{
    /// <summary>No trouble.</summary>
    public static AlertProgress None { get; } = new(AlertPhase.Inactive, TimeSpan.Zero, null);
}
