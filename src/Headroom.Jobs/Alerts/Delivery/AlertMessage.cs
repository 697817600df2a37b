using System.Globalization;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>A message about alerts of one group.</summary>
/// <param name="Title">The message in a line.</param>
/// <param name="Group">What its alerts share.</param>
/// <param name="Status"><c>firing</c> while any of them fires, <c>resolved</c> when all ended, <c>test</c>.</param>
/// <param name="Alerts">The alerts.</param>
/// <param name="More">How many alerts were left out.</param>
public sealed record AlertMessage(string Title, string Group, string Status, IReadOnlyList<AlertMessageLine> Alerts, int More)
{
    /// <summary>The message as text, a line per alert.</summary>
    public string Text => string.Join('\n', Alerts.Select(line => line.Text).Append(More > 0 ? $"and {More} more" : "").Where(line => line.Length > 0));
}

/// <summary>One alert of a message.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Status"><c>firing</c>, <c>resolved</c> or <c>test</c>.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Host">The host; null when it is about none.</param>
/// <param name="Value">Newest value.</param>
/// <param name="Worst">The value furthest beyond the threshold.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Unit">UCUM unit of the three; empty for a plain number.</param>
/// <param name="Since">First value beyond the threshold.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Because">Why it ended.</param>
/// <param name="Note">What the rule says to do.</param>
/// <param name="Link">Page of the alerts; null when the server does not know its own address.</param>
/// <param name="Text">All of it in a sentence.</param>
public sealed record AlertMessageLine(
    Guid Id, string Status, string Rule, string Severity, string Subject, string? Host, double Value, double Worst, double Threshold, string Unit,
    DateTimeOffset Since, DateTimeOffset? EndedAt, string? Because, string? Note, string? Link, string Text)
{
    /// <summary>The line of an alert.</summary>
    public static AlertMessageLine Of(AlertRow alert, string? note, string? link)
    {
        var ended = alert.State == AlertState.Resolved;
        var text = ended
            ? $"{alert.Rule}: {alert.Subject} is over after {Amount(((alert.ResolvedAt ?? alert.ValueAt) - alert.PendingAt).TotalSeconds, "s")}, {alert.ResolvedBecause}; worst was {Amount(alert.Worst, alert.Unit)}"
            : $"{alert.Rule}: {alert.Subject} at {Amount(alert.Value, alert.Unit)}, {(alert.Comparison == AlertComparison.Above ? "above" : "below")} {Amount(alert.Threshold, alert.Unit)} since {alert.PendingAt.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC";
        return new AlertMessageLine(
            alert.AlertId, ended ? "resolved" : "firing", alert.Rule, alert.Severity.ToString().ToLowerInvariant(), alert.Subject, alert.Host, alert.Value, alert.Worst, alert.Threshold, alert.Unit,
            alert.PendingAt, alert.ResolvedAt, ended ? alert.ResolvedBecause : null, note, link, note is null || ended ? text : $"{text}. {note}");
    }

    /// <summary>A number with its unit, for people.</summary>
    internal static string Amount(double value, string unit) => unit switch
    {
        "1" => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##} %"),
        "s" when Math.Abs(value) >= 172_800 => string.Create(CultureInfo.InvariantCulture, $"{value / 86_400:0.#} d"),
        "s" when Math.Abs(value) >= 7_200 => string.Create(CultureInfo.InvariantCulture, $"{value / 3_600:0.#} h"),
        "s" when Math.Abs(value) >= 120 => string.Create(CultureInfo.InvariantCulture, $"{value / 60:0.#} min"),
        "By" when Math.Abs(value) >= 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{value / (1 << 30):0.##} GiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:G4} {unit.Trim('{', '}')}").TrimEnd(),
    };
}
