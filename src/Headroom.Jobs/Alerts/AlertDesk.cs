using Headroom.Jobs.Alerts.Delivery;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts;

/// <summary>Where people and programs change rules, silences and channels: checks, then keeps. Every method says what is wrong (what was expected, where, and what came), or null.</summary>
public sealed class AlertDesk(
    AlertRules rules, AlertSilences silences, AlertChannels channels, AlertSignals signals, AlertChannelKinds kinds, IOptions<AlertOptions> options, TimeProvider clock)
{
    /// <summary>Longest reason, characters.</summary>
    public const int ReasonLength = 500;

    /// <summary>Keeps a new rule.</summary>
    public async Task<string?> AddAsync(AlertRuleRow rule, CancellationToken cancellationToken)
    {
        if (await ProblemAsync(rule, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            return problem;
        }

        if ((await rules.ListAsync(cancellationToken).ConfigureAwait(false)).Count >= options.Value.MaxRules)
        {
            return $"expected at most {options.Value.MaxRules} rules (Headroom:Alerts:MaxRules); delete one first";
        }

        return await rules.AddAsync(rule, cancellationToken).ConfigureAwait(false) ? null : NameTaken(rule.Name);
    }

    /// <summary>Replaces a rule.</summary>
    public async Task<string?> ReplaceAsync(AlertRuleRow rule, CancellationToken cancellationToken) =>
        await ProblemAsync(rule, cancellationToken).ConfigureAwait(false)
        ?? (await rules.ReplaceAsync(rule, cancellationToken).ConfigureAwait(false) ? null : NameTaken(rule.Name));

    /// <summary>Begins a silence.</summary>
    public async Task<string?> SilenceAsync(AlertSilenceRow silence, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(silence.Reason) || silence.Reason.Length > ReasonLength)
        {
            return $"reason: expected 1 to {ReasonLength} characters, got {silence.Reason.Length}";
        }

        if (silence.EndsAt <= silence.StartsAt || silence.EndsAt <= clock.GetUtcNow())
        {
            return FormattableString.Invariant($"endsAt: expected a time to come, after startsAt {silence.StartsAt:O}; got {silence.EndsAt:O}");
        }

        if (silence.Hosts?.Length > AlertRuleCheck.NameLength || silence.Subjects?.Length > AlertRuleCheck.NameLength)
        {
            return $"hosts, subjects: expected at most {AlertRuleCheck.NameLength} characters, got {silence.Hosts?.Length ?? 0} and {silence.Subjects?.Length ?? 0}";
        }

        if (silence.RuleId is { } rule && await rules.FindAsync(rule, cancellationToken).ConfigureAwait(false) is null)
        {
            return $"ruleId: expected the id of a rule or none, got {rule}";
        }

        await silences.AddAsync(silence, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Keeps a new channel.</summary>
    public async Task<string?> AddAsync(AlertChannelRow channel, CancellationToken cancellationToken)
    {
        if (kinds.Problem(channel) is { } problem)
        {
            return problem;
        }

        if ((await channels.ListAsync(cancellationToken).ConfigureAwait(false)).Count >= options.Value.MaxChannels)
        {
            return $"expected at most {options.Value.MaxChannels} channels (Headroom:Alerts:MaxChannels); delete one first";
        }

        return await channels.AddAsync(channel, cancellationToken).ConfigureAwait(false) ? null : NameTaken(channel.Name);
    }

    /// <summary>Replaces a channel.</summary>
    public async Task<string?> ReplaceAsync(AlertChannelRow channel, CancellationToken cancellationToken) =>
        kinds.Problem(channel) ?? (await channels.ReplaceAsync(channel, cancellationToken).ConfigureAwait(false) ? null : NameTaken(channel.Name));

    private static string NameTaken(string name) => $"name: expected one that no other has, got '{name}'";

    private async Task<string?> ProblemAsync(AlertRuleRow rule, CancellationToken cancellationToken)
    {
        if (AlertRuleCheck.Problem(rule, signals) is { } problem)
        {
            return problem;
        }

        var known = (await channels.ListAsync(cancellationToken).ConfigureAwait(false)).Select(channel => channel.ChannelId);
        return rule.Channels.Except(known).Take(1).ToArray() is [var unknown] ? $"channels: expected ids of channels, got {unknown}" : null;
    }
}
