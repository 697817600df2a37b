using Headroom.Storage.Alerts;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>A way to tell people.</summary>
public interface IAlertChannelKind
{
    /// <summary>Stable name, for example <c>webhook</c>.</summary>
    string Name { get; }

    /// <summary>Name for people.</summary>
    string Title { get; }

    /// <summary>What the target of such a channel is, for people; null when the secret alone says where it leads.</summary>
    string? TargetMeaning { get; }

    /// <summary>What its secret is, for people; null when it has none.</summary>
    string? SecretMeaning { get; }

    /// <summary>Why no channel of this kind can be used on this server; null when they can.</summary>
    string? Unavailable => null;

    /// <summary>What is wrong with a channel: what was expected, where, and what came, without the secret; null when it is fine.</summary>
    string? Problem(AlertChannelRow channel);

    /// <summary>What may be shown of where the channel leads.</summary>
    string TargetOf(AlertChannelRow channel) => channel.Target;

    /// <summary>Sends a message; returns when the receiver took it.</summary>
    /// <exception cref="AlertDeliveryException">It did not; the message is for the log and holds no secret.</exception>
    Task SendAsync(AlertSending sending, AlertMessage message, CancellationToken cancellationToken);
}

/// <summary>Every kind of channel by its name.</summary>
public sealed class AlertChannelKinds(IEnumerable<IAlertChannelKind> kinds)
{
    /// <summary>Longest name of a channel.</summary>
    public const int NameLength = 120;

    /// <summary>Longest target or secret.</summary>
    public const int TextLength = 2_000;

    /// <summary>All, in the order they are offered.</summary>
    public IReadOnlyList<IAlertChannelKind> All { get; } = [.. kinds];

    /// <summary>The kind of a name, or null.</summary>
    public IAlertChannelKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>What is wrong with a channel that somebody made; null when it is fine.</summary>
    public string? Problem(AlertChannelRow channel)
    {
        if (string.IsNullOrWhiteSpace(channel.Name) || channel.Name.Length > NameLength)
        {
            return $"name: expected 1 to {NameLength} characters, got {channel.Name?.Length ?? 0}";
        }

        if (channel.Target.Length > TextLength || channel.Secret?.Length > TextLength)
        {
            return $"target, secret: expected at most {TextLength} characters, got {channel.Target.Length} and {channel.Secret?.Length ?? 0}";
        }

        return Find(channel.Kind) is { } kind ? kind.Problem(channel) : $"kind: expected one of {string.Join(", ", All.Select(known => known.Name))}; got '{channel.Kind}'";
    }
}

/// <summary>A message that did not reach its receiver, with a reason for the log that holds no secret.</summary>
public sealed class AlertDeliveryException : Exception
{
    public AlertDeliveryException(string message)
        : base(message)
    {
    }

    public AlertDeliveryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AlertDeliveryException()
    {
    }
}
