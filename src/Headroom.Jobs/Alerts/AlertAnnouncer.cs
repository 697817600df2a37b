using System.Text.Json;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts;

/// <summary>Decides who is told of what: one message per channel and group, nothing under a silence, and the end only to those who were told of the beginning.</summary>
public sealed class AlertAnnouncer(IOptions<AlertOptions> options)
{
    private const int TitleParts = 2;

    /// <summary>Writes the messages of a round; returns how many wait to be sent.</summary>
    internal int Write(AlertRound round, DateTimeOffset now)
    {
        var rules = round.Rules.ToDictionary(rule => rule.RuleId);
        var news = round.Alerts.Concat(round.Begun).Where(IsNews).SelectMany(alert => NewsOf(round, alert, rules.GetValueOrDefault(alert.RuleId), now)).ToList();
        foreach (var group in news.GroupBy(one => (one.Channel.ChannelId, one.Alert.GroupKey, one.Silence?.SilenceId)))
        {
            round.Add(Delivery(group.First().Channel, group.Key.GroupKey, [.. group], now));
        }

        return news.Where(one => one.Silence is null).Select(one => (one.Channel.ChannelId, one.Alert.GroupKey)).Distinct().Count();
    }

    /// <summary>Whether a silence covers an alert.</summary>
    public static bool Covers(AlertSilenceRow silence, AlertRow alert) =>
        (silence.RuleId is null || silence.RuleId == alert.RuleId) && NamePattern.Fits(silence.Hosts, alert.Host) && NamePattern.Fits(silence.Subjects, alert.Subject);

    private static bool IsNews(AlertRow alert) => alert.State switch
    {
        AlertState.Firing => alert.ToldAt is null,
        AlertState.Resolved => alert.ToldAt is not null && alert.EndToldAt is null,
        _ => false,
    };

    // Under a silence an alert stays untold, so that it is told if it still fires when the silence is over; that it was kept back is written down once.
    private static IEnumerable<News> NewsOf(AlertRound round, AlertRow alert, AlertRuleRow? rule, DateTimeOffset now)
    {
        // Whoever deletes a rule knows that its alerts end; where they were told went with it.
        var channels = rule is null ? [] : round.Channels.Where(channel => rule.Channels.Length == 0 || rule.Channels.Contains(channel.ChannelId)).ToList();
        var silence = round.Silences.FirstOrDefault(candidate => Covers(candidate, alert));
        if (alert.State == AlertState.Resolved)
        {
            alert.EndToldAt = now;
        }
        else if (channels.Count == 0 || (silence is not null && alert.MutedAt is not null))
        {
            return [];
        }
        else
        {
            (alert.ToldAt, alert.MutedAt) = (silence is null ? now : null, silence is null ? alert.MutedAt : now);
        }

        return channels.Select(channel => new News(alert, channel, silence, rule?.Note));
    }

    private AlertDeliveryRow Delivery(AlertChannelRow channel, string group, IReadOnlyList<News> news, DateTimeOffset now)
    {
        var link = options.Value.PublicAddress is { Length: > 0 } address ? $"{address.TrimEnd('/')}/alerts" : null;
        var alerts = news.Select(one => one.Alert).OrderByDescending(alert => alert.State == AlertState.Firing).ThenByDescending(alert => alert.Severity).ThenBy(alert => alert.PendingAt).ToList();
        var notes = news.ToDictionary(one => one.Alert.AlertId, one => one.Note);
        var lines = alerts.Take(options.Value.MaxAlertsPerMessage).Select(alert => AlertMessageLine.Of(alert, notes[alert.AlertId], link)).ToList();
        var firing = alerts.Count(alert => alert.State == AlertState.Firing);
        var message = new AlertMessage(Title(alerts, group, firing), group, firing > 0 ? "firing" : "resolved", lines, alerts.Count - lines.Count);
        var silence = news[0].Silence;
        return new AlertDeliveryRow
        {
            DeliveryId = Guid.CreateVersion7(now),
            ChannelId = channel.ChannelId,
            Channel = channel.Name,
            GroupKey = group,
            Title = message.Title,
            Message = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
            CreatedAt = now,
            State = silence is null ? AlertDeliveryState.Waiting : AlertDeliveryState.Muted,
            NextAttemptAt = silence is null ? now : null,
            EndedAt = silence is null ? null : now,
            Error = silence is null ? null : $"silenced by {silence.CreatedBy}: {silence.Reason}",
        };
    }

    private static string Title(List<AlertRow> alerts, string group, int firing)
    {
        var rules = alerts.Select(alert => alert.Rule).Distinct().ToList();
        var names = string.Join(", ", rules.Take(TitleParts)) + (rules.Count > TitleParts ? $" and {rules.Count - TitleParts} more" : "");
        var ended = alerts.Count - firing;
        var counts = (firing, ended) switch
        {
            (1, 0) => "firing",
            (0, 1) => "resolved",
            (_, 0) => $"{firing} firing",
            (0, _) => $"{ended} resolved",
            _ => $"{firing} firing, {ended} resolved",
        };
        return $"[{counts}] {group}: {names}";
    }

    private sealed record News(AlertRow Alert, AlertChannelRow Channel, AlertSilenceRow? Silence, string? Note);
}
