namespace Headroom.Storage.Model;

/// <summary>Where people are told of alerts.</summary>
public sealed class AlertChannelRow
{
    public Guid ChannelId { get; init; }

    /// <summary>Name for people, unique.</summary>
    public required string Name { get; set; }

    /// <summary>Name of the kind: <c>webhook</c>, <c>email</c>, <c>slack</c>.</summary>
    public required string Kind { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary>What may be shown of where it leads: the address of a webhook, the receivers of mail, the host of a Slack hook.</summary>
    public required string Target { get; set; }

    /// <summary>The key that signs a webhook, or the address of a Slack hook. Goes in and to the receiver, never out through the API or into a log.</summary>
    public string? Secret { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }
}
