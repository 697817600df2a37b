using Headroom.Storage.Model;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Alerts;

/// <summary>Alerts in words.</summary>
internal static class AlertWords
{
    public static Meaning MeaningOf(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => Meaning.Bad,
        AlertSeverity.Warning => Meaning.Warn,
        _ => Meaning.Calm,
    };

    public static Meaning MeaningOf(AlertDeliveryState state) => state switch
    {
        AlertDeliveryState.Delivered => Meaning.Good,
        AlertDeliveryState.Failed => Meaning.Bad,
        AlertDeliveryState.Muted => Meaning.None,
        _ => Meaning.Calm,
    };

    public static string WordOf(AlertDeliveryState state) => state switch
    {
        AlertDeliveryState.Failed => "given up",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>The condition of a rule, for example <c>mean of system.memory.utilization over 1 min above 90 % for 2 min, until 80 %</c>.</summary>
    public static string Condition(AlertRuleRow rule, string title, string unit, bool usesWindow)
    {
        var what = rule.Metric is { } metric ? $"{rule.Aggregate.ToString().ToLowerInvariant()} of {metric}" : title;
        var window = usesWindow ? $" over {Quantity.Text(rule.WindowSeconds, "s")}" : "";
        var held = rule.ForSeconds > 0 ? $" for {Quantity.Text(rule.ForSeconds, "s")}" : "";
        var until = rule.ClearThreshold == rule.Threshold ? "" : $", until {Quantity.Text(rule.ClearThreshold, unit)}";
        return $"{what}{window} {rule.Comparison.ToString().ToLowerInvariant()} {Quantity.Text(rule.Threshold, unit)}{held}{until}";
    }

    /// <summary>How often a rule would have fired, in a sentence.</summary>
    public static string Verdict(int fired, int subjects, int days) =>
        $"Would have fired {(fired == 0 ? "not once" : fired == 1 ? "once" : $"{fired} times")} in the last {(days == 1 ? "day" : $"{days} days")} on the {(subjects == 1 ? "one subject" : $"{subjects} subjects")} there {(subjects == 1 ? "is" : "are")}.";
}
