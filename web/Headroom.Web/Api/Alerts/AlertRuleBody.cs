using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Web.Api.Alerts;

/// <summary>A rule as somebody sends it.</summary>
/// <param name="Name">Name for people, unique.</param>
/// <param name="Signal">Name of a signal; GET /api/v1/alert-signals lists them.</param>
/// <param name="Kind">Kind of entity, for the metric signal.</param>
/// <param name="Metric">Metric of the catalogue, for the metric signal.</param>
/// <param name="Aggregate">Mean, Max or Min over the window. Default Mean.</param>
/// <param name="WindowSeconds">Length of the window. Default 60.</param>
/// <param name="Comparison">Above or Below. Default Above.</param>
/// <param name="Threshold">In the unit of the signal.</param>
/// <param name="ClearThreshold">Where the alert ends. Default: the threshold.</param>
/// <param name="ForSeconds">How long it must be passed. Default 0.</param>
/// <param name="Severity">Info, Warning or Critical. Default Warning.</param>
/// <param name="Grouping">Host, Workload or Pool: what shares one message. Default Host.</param>
/// <param name="Hosts">Names of hosts, * for any text. Default all.</param>
/// <param name="Channels">Ids of channels. Default every channel.</param>
/// <param name="Note">What to do about it.</param>
/// <param name="IsEnabled">Default true.</param>
internal sealed record AlertRuleBody(
    string? Name, string? Signal, string? Kind = null, string? Metric = null, string? Aggregate = null, int? WindowSeconds = null, string? Comparison = null, double? Threshold = null, double? ClearThreshold = null,
    int? ForSeconds = null, string? Severity = null, string? Grouping = null, string? Hosts = null, IReadOnlyList<Guid>? Channels = null, string? Note = null, bool? IsEnabled = null)
{
    private const int DefaultWindowSeconds = 60;

    /// <summary>The rule, or what was expected, where, and what came.</summary>
    public (AlertRuleRow? Rule, string? Problem) ToRow(Guid id, string by, DateTimeOffset now)
    {
        if (Threshold is not { } threshold)
        {
            return (null, "threshold: expected a number in the unit of the signal, got nothing");
        }

        string? problem = null;
        var kind = Word<EntityKind>("kind", Kind, ref problem);
        var aggregate = Word<AlertAggregate>("aggregate", Aggregate, ref problem);
        var comparison = Word<AlertComparison>("comparison", Comparison, ref problem);
        var severity = Word<AlertSeverity>("severity", Severity, ref problem);
        var grouping = Word<AlertGrouping>("grouping", Grouping, ref problem);
        return problem is not null ? (null, problem) : (new AlertRuleRow
        {
            RuleId = id,
            Name = Name?.Trim() ?? "",
            IsEnabled = IsEnabled ?? true,
            Signal = Signal ?? "",
            Kind = kind,
            Metric = Metric,
            Aggregate = aggregate ?? AlertAggregate.Mean,
            WindowSeconds = WindowSeconds ?? DefaultWindowSeconds,
            Comparison = comparison ?? AlertComparison.Above,
            Threshold = threshold,
            ClearThreshold = ClearThreshold ?? threshold,
            ForSeconds = ForSeconds ?? 0,
            Severity = severity ?? AlertSeverity.Warning,
            Grouping = grouping ?? AlertGrouping.Host,
            Hosts = string.IsNullOrWhiteSpace(Hosts) ? null : Hosts.Trim(),
            Channels = [.. Channels ?? []],
            Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(),
            ChangedAt = now,
            ChangedBy = by,
        }, null);
    }

    private static T? Word<T>(string field, string? text, ref string? problem)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word))
        {
            return word;
        }

        problem ??= $"{field}: expected one of {string.Join(", ", Enum.GetNames<T>())}; got '{text}'";
        return null;
    }
}
