using Headroom.Jobs.Alerts.Delivery;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Web.Api.Alerts;

/// <summary>One alert: an episode of a rule on one subject.</summary>
/// <param name="State">Pending, Firing or Resolved.</param>
/// <param name="Unit">UCUM unit of value, worst and threshold; empty for a plain number.</param>
/// <param name="Group">What shares one message with it.</param>
/// <param name="Value">Newest value.</param>
/// <param name="ValueAt">When it was read.</param>
/// <param name="Worst">The value furthest beyond the threshold.</param>
/// <param name="NoData">Whether the newest value is missing.</param>
/// <param name="PendingAt">First value beyond the threshold.</param>
/// <param name="ToldAt">When it was put into a message; null while nobody was told.</param>
/// <param name="MutedAt">When a silence first kept a message back.</param>
internal sealed record AlertAnswer(
    Guid Id, Guid RuleId, string Rule, string Severity, string State, string Subject, int? HostId, string? Host, int? EntityId, string Group, string Unit, string Comparison, double Threshold,
    double Value, DateTimeOffset ValueAt, double Worst, bool NoData, DateTimeOffset PendingAt, DateTimeOffset? FiredAt, DateTimeOffset? ResolvedAt, string? ResolvedBecause, DateTimeOffset? ToldAt, DateTimeOffset? MutedAt)
{
    public static AlertAnswer Of(AlertRow alert) => new(
        alert.AlertId, alert.RuleId, alert.Rule, alert.Severity.ToString(), alert.State.ToString(), alert.Subject, alert.HostId, alert.Host, alert.EntityId, alert.GroupKey, alert.Unit,
        alert.Comparison.ToString(), alert.Threshold, alert.Value, alert.ValueAt, alert.Worst, alert.NoData, alert.PendingAt, alert.FiredAt, alert.ResolvedAt, alert.ResolvedBecause, alert.ToldAt, alert.MutedAt);
}

/// <summary>Why a person ends an alert.</summary>
internal sealed record AlertEndBody(string? Reason);

/// <summary>Something that rules are held against.</summary>
/// <param name="Meaning">What its value is, and what a missing value means.</param>
/// <param name="Unit">UCUM unit; null for the metric signal, whose unit is that of the metric.</param>
/// <param name="UsesWindow">Whether the window of a rule matters.</param>
internal sealed record AlertSignalAnswer(string Name, string Title, string Meaning, string? Unit, bool UsesWindow)
{
    public static AlertSignalAnswer Of(IAlertSignal signal) => new(
        signal.Name, signal.Title, signal.Meaning, signal.Name == MetricSignal.SignalName ? null : signal.UnitOf(new AlertRuleRow { Name = "", Signal = signal.Name, ChangedBy = "" }), signal.UsesWindow);
}

/// <summary>One rule.</summary>
/// <param name="EvaluatedAt">When it was last evaluated.</param>
/// <param name="Problem">Why the last evaluation could not read its signal; null when it could.</param>
internal sealed record AlertRuleAnswer(
    Guid Id, string Name, bool IsEnabled, string Signal, EntityKind? Kind, string? Metric, string Aggregate, int WindowSeconds, string Comparison, double Threshold, double ClearThreshold, int ForSeconds,
    string Severity, string Grouping, string? Hosts, IReadOnlyList<Guid> Channels, string? Note, DateTimeOffset ChangedAt, string ChangedBy, DateTimeOffset? EvaluatedAt, string? Problem)
{
    public static AlertRuleAnswer Of(AlertRuleRow rule) => new(
        rule.RuleId, rule.Name, rule.IsEnabled, rule.Signal, rule.Kind, rule.Metric, rule.Aggregate.ToString(), rule.WindowSeconds, rule.Comparison.ToString(), rule.Threshold, rule.ClearThreshold,
        rule.ForSeconds, rule.Severity.ToString(), rule.Grouping.ToString(), rule.Hosts, rule.Channels, rule.Note, rule.ChangedAt, rule.ChangedBy, rule.EvaluatedAt, rule.Problem);

    /// <summary>What people decided of it, without what evaluating it writes.</summary>
    public AlertRuleAnswer Decided() => this with { EvaluatedAt = null, Problem = null };
}

/// <summary>A time in which nobody is told.</summary>
internal sealed record AlertSilenceAnswer(Guid Id, Guid? RuleId, string? Hosts, string? Subjects, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason, string CreatedBy, DateTimeOffset CreatedAt)
{
    public static AlertSilenceAnswer Of(AlertSilenceRow silence) => new(
        silence.SilenceId, silence.RuleId, silence.Hosts, silence.Subjects, silence.StartsAt, silence.EndsAt, silence.Reason, silence.CreatedBy, silence.CreatedAt);
}

/// <summary>Where people are told. The secret goes in and never comes out.</summary>
/// <param name="Target">What may be shown of where it leads.</param>
/// <param name="HasSecret">Whether it has one.</param>
/// <param name="Unavailable">Why it cannot be used on this server; null when it can.</param>
internal sealed record AlertChannelAnswer(Guid Id, string Name, string Kind, bool IsEnabled, string Target, bool HasSecret, DateTimeOffset ChangedAt, string ChangedBy, string? Unavailable)
{
    public static AlertChannelAnswer Of(AlertChannelRow channel, AlertChannelKinds kinds)
    {
        var kind = kinds.Find(channel.Kind);
        return new(
            channel.ChannelId, channel.Name, channel.Kind, channel.IsEnabled, kind?.TargetOf(channel) ?? "", channel.Secret is not null, channel.ChangedAt, channel.ChangedBy,
            kind is null ? "this server knows no channels of this kind" : kind.Unavailable);
    }
}

/// <summary>How a test message went.</summary>
/// <param name="Delivered">Whether the receiver took it.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
internal sealed record AlertTestAnswer(bool Delivered, string? Error);

/// <summary>One message of the log.</summary>
/// <param name="State">Waiting, Delivered, Failed (given up) or Muted (kept back by a silence).</param>
/// <param name="Attempts">Tries that were begun.</param>
/// <param name="NextAttemptAt">When the next is due.</param>
/// <param name="Error">Why the last try failed, or what muted it.</param>
/// <param name="Tries">Every try; null in lists.</param>
internal sealed record AlertDeliveryAnswer(
    Guid Id, Guid? ChannelId, string Channel, string Group, string Title, string State, DateTimeOffset CreatedAt, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset? EndedAt, string? Error,
    AlertMessage? Message, IReadOnlyList<AlertTryAnswer>? Tries)
{
    public static AlertDeliveryAnswer Of(AlertDeliveryRow delivery, AlertMessage? message = null, IReadOnlyList<AlertTryAnswer>? tries = null) => new(
        delivery.DeliveryId, delivery.ChannelId, delivery.Channel, delivery.GroupKey, delivery.Title, delivery.State.ToString(), delivery.CreatedAt, delivery.Attempts, delivery.NextAttemptAt,
        delivery.EndedAt, delivery.Error, message, tries);
}

/// <summary>One try to deliver a message.</summary>
/// <param name="Error">What went wrong; null when the receiver took it.</param>
internal sealed record AlertTryAnswer(int Number, DateTimeOffset At, double TookSeconds, string? Error);
