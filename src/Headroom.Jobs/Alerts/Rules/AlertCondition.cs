using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Rules;

/// <summary>When an alert begins and ends.</summary>
/// <param name="Comparison">On which side of the threshold the trouble lies.</param>
/// <param name="Threshold">A value beyond it is trouble.</param>
/// <param name="Clear">A value at it or further away is quiet; on the quiet side of the threshold. What lies between changes nothing.</param>
/// <param name="For">How long there must be trouble before the alert fires.</param>
/// <param name="LongestPause">Most of a pause between two values that counts as time of trouble.</param>
public readonly record struct AlertCondition(AlertComparison Comparison, double Threshold, double Clear, TimeSpan For, TimeSpan LongestPause)
{
    /// <summary>The condition of a rule.</summary>
    public static AlertCondition Of(AlertRuleRow rule, TimeSpan longestPause) => new(rule.Comparison, rule.Threshold, rule.ClearThreshold, TimeSpan.FromSeconds(rule.ForSeconds), longestPause);

    /// <summary>Whether a value is trouble.</summary>
    public bool IsBroken(double value) => IsWorse(value, Threshold);

    /// <summary>Whether a value is quiet.</summary>
    public bool IsQuiet(double value) => Comparison == AlertComparison.Above ? value <= Clear : value >= Clear;

    /// <summary>Whether a value lies further on the side of trouble than another.</summary>
    public bool IsWorse(double value, double than) => Comparison == AlertComparison.Above ? value > than : value < than;
}
