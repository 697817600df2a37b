namespace Headroom.Storage.Model;

/// <summary>One message to one channel: what waits to be sent, and the log of what was.</summary>
public sealed class AlertDeliveryRow
{
    public Guid DeliveryId { get; init; }

    /// <summary>The channel; null once it is deleted.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Its name when the message was made.</summary>
    public required string Channel { get; init; }

    /// <summary>What the alerts of the message share.</summary>
    public required string GroupKey { get; init; }

    /// <summary>The message in a line.</summary>
    public required string Title { get; init; }

    /// <summary>The message, JSON.</summary>
    public required string Message { get; init; }

    public AlertDeliveryState State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tries that were begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next try is due; null when there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until when the worker that tries is trusted to be at it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why the last try failed, or what muted it.</summary>
    public string? Error { get; set; }

    public List<AlertAttemptRow> Tries { get; init; } = [];
}
