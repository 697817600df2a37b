using System.Text.Json;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>Posts to an incoming webhook of Slack, or of anything that speaks its language (Mattermost, Rocket.Chat). The address itself is the secret.</summary>
public sealed class SlackKind(OutgoingHttp http, AddressGuard guard) : IAlertChannelKind
{
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    public string Name => "slack";

    public string Title => "Slack or compatible";

    public string? TargetMeaning => null;

    public string SecretMeaning => "Address of the incoming webhook";

    public string? Problem(AlertChannelRow channel) => guard.Problem("secret", channel.Secret, isSecret: true);

    public string TargetOf(AlertChannelRow channel) => Uri.TryCreate(channel.Secret, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Authority}/…" : "";

    public Task SendAsync(AlertSending sending, AlertMessage message, CancellationToken cancellationToken) =>
        http.PostAsync(sending.Channel.Secret ?? "", JsonSerializer.SerializeToUtf8Bytes(new { text = $"*{Escape(message.Title)}*\n{Escape(message.Text)}" }, JsonSerializerOptions.Web), NoHeaders, cancellationToken);

    // The three characters that its markup gives a meaning of its own.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
