namespace Headroom.Storage.Model;

/// <summary>One try to deliver a message.</summary>
public sealed class AlertAttemptRow
{
    public Guid DeliveryId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    public DateTimeOffset At { get; init; }

    public double TookSeconds { get; init; }

    /// <summary>What went wrong; null when the receiver took the message.</summary>
    public string? Error { get; init; }
}
