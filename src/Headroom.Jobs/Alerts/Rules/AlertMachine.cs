namespace Headroom.Jobs.Alerts.Rules;

/// <summary>
/// The life of an alert: inactive, pending, firing, and inactive again. It fires once values of trouble have followed on each other for as long as the rule says, and ends with
/// the first quiet value. A missing value neither fires nor ends anything, and the time it stands for counts for nothing. The same machine decides live and on the past.
/// </summary>
public static class AlertMachine
{
    /// <summary>What a value does.</summary>
    /// <param name="before">Where the rule stood.</param>
    /// <param name="value">The value; null, or not a number, when it is missing.</param>
    /// <param name="at">Its time, not before that of the value before.</param>
    /// <param name="condition">The rule.</param>
    public static AlertProgress Next(AlertProgress before, double? value, DateTimeOffset at, AlertCondition condition)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            return before with { BrokenAt = null };
        }

        if (before.Phase == AlertPhase.Firing)
        {
            return condition.IsQuiet(number) ? AlertProgress.None : before with { BrokenAt = at };
        }

        if (!condition.IsBroken(number))
        {
            return AlertProgress.None;
        }

        var held = before.Held + Min(condition.LongestPause, at - (before.BrokenAt ?? at));
        return new AlertProgress(held >= condition.For ? AlertPhase.Firing : AlertPhase.Pending, held, at);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
