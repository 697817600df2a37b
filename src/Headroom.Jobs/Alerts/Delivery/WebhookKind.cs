using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>
/// Posts the message as JSON. Headers: <c>X-Headroom-Delivery</c>, the same for every try, so that a receiver that was told twice can tell; <c>X-Headroom-Timestamp</c>, Unix
/// seconds; and with a secret <c>X-Headroom-Signature</c>, <c>sha256=</c> and the hexadecimal HMAC-SHA256 of timestamp, a dot and the body.
/// </summary>
public sealed class WebhookKind(OutgoingHttp http, AddressGuard guard, TimeProvider clock) : IAlertChannelKind
{
    public const string KindName = "webhook";

    /// <summary>Shortest secret.</summary>
    public const int SecretLength = 16;

    public string Name => KindName;

    public string Title => "Webhook";

    public string TargetMeaning => "Address that the JSON is posted to";

    public string SecretMeaning => $"Key of the signature, at least {SecretLength} characters; without it messages are not signed";

    public string? Problem(AlertChannelRow channel) => channel.Secret is { Length: < SecretLength } secret
        ? $"secret: expected at least {SecretLength} characters, got {secret.Length}"
        : guard.Problem("target", channel.Target, isSecret: false);

    // Some receivers want a key in the address.
    public string TargetOf(AlertChannelRow channel) => channel.Target.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? $"{channel.Target[..query]}?…" : channel.Target;

    public Task SendAsync(AlertSending sending, AlertMessage message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web);
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string> { ["X-Headroom-Delivery"] = sending.Delivery.DeliveryId.ToString(), ["X-Headroom-Timestamp"] = timestamp };
        if (sending.Channel.Secret is { Length: > 0 } secret)
        {
            headers["X-Headroom-Signature"] = Signature(secret, timestamp, body);
        }

        return http.PostAsync(sending.Channel.Target, body, headers, cancellationToken);
    }

    /// <summary>The signature of a body, as it stands in the header.</summary>
    public static string Signature(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body]))}";
}
