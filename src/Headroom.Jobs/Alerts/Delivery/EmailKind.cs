using System.Net.Sockets;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>Sends mail through the operator's server (<see cref="SmtpOptions"/>).</summary>
public sealed class EmailKind(IOptions<SmtpOptions> options) : IAlertChannelKind
{
    public string Name => "email";

    public string Title => "E-mail";

    public string TargetMeaning => "Receivers, with commas between them";

    public string? SecretMeaning => null;

    public string? Unavailable => string.IsNullOrWhiteSpace(options.Value.Host) ? $"no mail server is named ({SmtpOptions.SectionName}:{nameof(SmtpOptions.Host)})" : null;

    public string? Problem(AlertChannelRow channel)
    {
        if (channel.Secret is not null)
        {
            return "secret: expected none for mail; the server's own password is a setting of the operator";
        }

        return Receivers(channel.Target) is { Count: > 0 } ? null : $"target: expected addresses of mail with commas between them, got '{channel.Target}'";
    }

    public async Task SendAsync(AlertSending sending, AlertMessage message, CancellationToken cancellationToken)
    {
        if (options.Value.Host is not { Length: > 0 } host)
        {
            throw new AlertDeliveryException(Unavailable!);
        }

        using var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(options.Value.From));
        mail.To.AddRange(Receivers(sending.Channel.Target) ?? []);
        mail.Subject = message.Title;
        // The same for every try, so that a mailbox that got it twice can tell.
        mail.MessageId = $"{sending.Delivery.DeliveryId}@headroom";
        mail.Body = new TextPart("plain") { Text = $"{message.Text}\n{(message.Alerts.Count > 0 ? message.Alerts[0].Link : null)}".TrimEnd() + "\n" };
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(host, options.Value.Port, Security(), cancellationToken).ConfigureAwait(false);
            if (!string.IsNullOrEmpty(options.Value.User))
            {
                await client.AuthenticateAsync(options.Value.User, options.Value.Password ?? "", cancellationToken).ConfigureAwait(false);
            }

            await client.SendAsync(mail, cancellationToken).ConfigureAwait(false);
            await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ProtocolException or CommandException or AuthenticationException or SslHandshakeException or SocketException or IOException or NotSupportedException or ServiceNotConnectedException)
        {
            throw new AlertDeliveryException($"the mail server did not take it: {Reason(failure)}", failure);
        }
    }

    private static string Reason(Exception failure) => failure switch
    {
        SmtpCommandException command => $"it answered {(int)command.StatusCode} {command.Message}",
        AuthenticationException => "it did not accept user and password",
        SslHandshakeException => "TLS failed, or its certificate is not trusted",
        SocketException => "it does not accept connections",
        NotSupportedException => "it does not offer STARTTLS (Headroom:Smtp:Security)",
        _ => "the connection broke",
    };

    private SecureSocketOptions Security() => options.Value.Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static List<MailboxAddress>? Receivers(string target)
    {
        var receivers = new List<MailboxAddress>();
        foreach (var text in target.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!MailboxAddress.TryParse(text, out var receiver) || !receiver.Address.Contains('@', StringComparison.Ordinal))
            {
                return null;
            }

            receivers.Add(receiver);
        }

        return receivers;
    }
}
