using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Rules;

/// <summary>Says what is wrong with a rule that somebody wrote.</summary>
public static class AlertRuleCheck
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 120;

    /// <summary>Longest note.</summary>
    public const int NoteLength = 2_000;

    /// <summary>Shortest window, seconds.</summary>
    public const int ShortestWindowSeconds = 5;

    /// <summary>Longest window, seconds: what is younger is never compacted.</summary>
    public const int LongestWindowSeconds = 600;

    /// <summary>Longest time of trouble before an alert fires, seconds.</summary>
    public const int LongestForSeconds = 7 * 86_400;

    /// <summary>What was expected, where, and what came; null when the rule is fine.</summary>
    public static string? Problem(AlertRuleRow rule, AlertSignals signals)
    {
        if (string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > NameLength)
        {
            return $"name: expected 1 to {NameLength} characters, got {rule.Name?.Length ?? 0}";
        }

        if (signals.Find(rule.Signal) is not { } signal)
        {
            return $"signal: expected one of {string.Join(", ", signals.All.Select(known => known.Name))}; got '{rule.Signal}'";
        }

        if (rule.WindowSeconds is < ShortestWindowSeconds or > LongestWindowSeconds)
        {
            return $"windowSeconds: expected {ShortestWindowSeconds} to {LongestWindowSeconds}, got {rule.WindowSeconds}; forSeconds holds an alert back for longer";
        }

        if (rule.ForSeconds is < 0 or > LongestForSeconds)
        {
            return $"forSeconds: expected 0 to {LongestForSeconds}, got {rule.ForSeconds}";
        }

        if (!double.IsFinite(rule.Threshold) || !double.IsFinite(rule.ClearThreshold) || AlertCondition.Of(rule, TimeSpan.Zero).IsBroken(rule.ClearThreshold))
        {
            return FormattableString.Invariant(
                $"clearThreshold: expected a number {(rule.Comparison == AlertComparison.Above ? "at or below" : "at or above")} the threshold {rule.Threshold}, got {rule.ClearThreshold}; between the two an alert neither begins nor ends");
        }

        if (rule.Note?.Length > NoteLength)
        {
            return $"note: expected at most {NoteLength} characters, got {rule.Note.Length}";
        }

        return rule.Hosts is { Length: > NameLength } hosts ? $"hosts: expected at most {NameLength} characters, got {hosts.Length}" : signal.Problem(rule);
    }
}
