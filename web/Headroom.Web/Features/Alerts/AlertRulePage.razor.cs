using System.Globalization;
using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Features.Alerts;

/// <summary>A rule as a person writes it, and what it would have done.</summary>
public sealed partial class AlertRulePage
{
    private const int DefaultWindowSeconds = 60;
    private const int DefaultForSeconds = 120;

    private AlertPreviewAnswer? _tried;
    private bool _trying;
    private string? _problem;

    /// <summary>The rule; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private AlertRules Rules { get; set; } = null!;

    [Inject]
    private AlertChannels Channels { get; set; } = null!;

    [Inject]
    private AlertSignals Signals { get; set; } = null!;

    [Inject]
    private AlertDesk Desk { get; set; } = null!;

    [Inject]
    private AlertPreview Preview { get; set; } = null!;

    [Inject]
    private IOptions<AlertOptions> Options { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private async Task<RuleView> ReadAsync(CancellationToken cancellationToken)
    {
        (_tried, _problem) = (null, null);
        return new RuleView(Id is { } id ? await Rules.FindAsync(id, cancellationToken) : Fresh(), await Channels.ListAsync(cancellationToken));
    }

    // A whole rule to begin with: it can be tried at once and changed from there.
    private AlertRuleRow Fresh() => new()
    {
        RuleId = Guid.CreateVersion7(Clock.GetUtcNow()),
        Name = "",
        Signal = MetricSignal.SignalName,
        Kind = EntityKind.Host,
        Metric = "system.memory.utilization",
        WindowSeconds = DefaultWindowSeconds,
        Threshold = 0.9,
        ClearThreshold = 0.8,
        ForSeconds = DefaultForSeconds,
        Severity = AlertSeverity.Warning,
        ChangedBy = "",
    };

    private async Task TryAsync(AlertRuleRow rule)
    {
        Tidy(rule);
        // A rule can be tried before it has a name.
        var name = rule.Name;
        rule.Name = name.Length == 0 ? "new" : name;
        _problem = AlertRuleCheck.Problem(rule, Signals);
        rule.Name = name;
        if (_problem is not null)
        {
            return;
        }

        _trying = true;
        try
        {
            _tried = await Preview.RunAsync(rule, Options.Value.PreviewDays, CancellationToken.None);
        }
        finally
        {
            _trying = false;
        }
    }

    private async Task SaveAsync(AlertRuleRow rule)
    {
        Tidy(rule);
        _problem = await Actions.RunAsync(Policies.Operator, Id is null ? "AddAlertRule" : "ReplaceAlertRule", $"/api/v1/alert-rules/{rule.RuleId}", who =>
        {
            (rule.ChangedAt, rule.ChangedBy) = (Clock.GetUtcNow(), who);
            return Id is null ? Desk.AddAsync(rule, CancellationToken.None) : Desk.ReplaceAsync(rule, CancellationToken.None);
        });
        if (_problem is null)
        {
            Address.NavigateTo("/alerts/rules");
        }
    }

    // What belongs to another signal than the chosen one is not kept.
    private static void Tidy(AlertRuleRow rule)
    {
        (rule.Name, rule.Hosts, rule.Note) = (rule.Name.Trim(), Text(rule.Hosts), Text(rule.Note));
        var isMetric = rule.Signal == MetricSignal.SignalName;
        (rule.Kind, rule.Metric) = (isMetric ? rule.Kind ?? EntityKind.Host : null, isMetric ? Text(rule.Metric) : null);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void ChooseKind(AlertRuleRow rule, ChangeEventArgs change)
    {
        rule.Kind = Enum.Parse<EntityKind>((string)change.Value!);
        rule.Metric = rule.Metric is { } metric && MetricCatalogue.Current.OrdinalOf(rule.Kind.Value, metric) is not null ? metric : MetricCatalogue.Current.For(rule.Kind.Value)[0].Name;
    }

    private static void Choose(AlertRuleRow rule, Guid channel, ChangeEventArgs change) =>
        rule.Channels = change.Value is true ? [.. rule.Channels.Append(channel).Distinct()] : [.. rule.Channels.Where(chosen => chosen != channel)];

    private static string KindWord(EntityKind kind) => kind switch
    {
        EntityKind.Cpu => "CPU",
        EntityKind.NumaNode => "NUMA node",
        EntityKind.NetworkInterface => "network interface",
        EntityKind.Gpu => "GPU",
        EntityKind.GpuProcess => "process on a GPU",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string MetricNote(AlertRuleRow rule) => rule is { Kind: { } kind, Metric: { } metric } && MetricCatalogue.Current.Find(kind, metric) is { } found
        ? $"{found.Description} Unit: {(found.Unit == "1" && MetricUnits.OnScreen(found) == "1" ? "share" : found.Unit)}, from {found.Source}."
        : "The catalogue has no such metric for that kind; the Metrics page lists all.";

    private string UnitOf(AlertRuleRow rule) => Signals.Find(rule.Signal)?.UnitOf(rule) ?? "";

    private string UnitNote(AlertRuleRow rule) => UnitOf(rule) switch
    {
        "" => "",
        "1" => ", %",
        var unit => $", {unit.Trim('{', '}')}",
    };

    // A share stands as percent in the form, as everywhere on screen.
    private double Factor(AlertRuleRow rule) => UnitOf(rule) == "1" ? 100 : 1;

    private string Shown(AlertRuleRow rule, double stored) => Math.Round(stored * Factor(rule), 9).ToString(CultureInfo.InvariantCulture);

    private double Stored(AlertRuleRow rule, ChangeEventArgs change) =>
        double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var shown) ? shown / Factor(rule) : double.NaN;
}

/// <summary>What the page shows.</summary>
/// <param name="Rule">The rule, which the form changes; null when there is none of this id.</param>
/// <param name="Channels">Where it can be told.</param>
public sealed record RuleView(AlertRuleRow? Rule, IReadOnlyList<AlertChannelRow> Channels);
