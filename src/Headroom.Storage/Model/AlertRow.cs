namespace Headroom.Storage.Model;

/// <summary>One episode of a rule on one subject, from the first value beyond the threshold to the end. It outlives its rule: what is told of the rule is copied.</summary>
public sealed class AlertRow
{
    public Guid AlertId { get; init; }

    public Guid RuleId { get; init; }

    public required string Rule { get; set; }

    public AlertSeverity Severity { get; set; }

    /// <summary>UCUM unit of the values; empty for a plain number.</summary>
    public required string Unit { get; set; }

    public AlertComparison Comparison { get; set; }

    public double Threshold { get; set; }

    /// <summary>What it is about, for the program: <c>host:7</c>, <c>entity:7:31</c>, <c>model:interference</c>, <c>pool</c>.</summary>
    public required string SubjectKey { get; init; }

    /// <summary>The same for people.</summary>
    public required string Subject { get; set; }

    public int? HostId { get; init; }

    /// <summary>Name of the host; null when it is about none.</summary>
    public string? Host { get; set; }

    public int? EntityId { get; init; }

    /// <summary>What shares one message with it.</summary>
    public required string GroupKey { get; set; }

    public AlertState State { get; set; }

    /// <summary>First value beyond the threshold.</summary>
    public DateTimeOffset PendingAt { get; init; }

    /// <summary>For how long values beyond the threshold followed on each other, seconds.</summary>
    public double HeldSeconds { get; set; }

    /// <summary>When the last value beyond the threshold was seen; null after a value was missing.</summary>
    public DateTimeOffset? BreachAt { get; set; }

    public DateTimeOffset? FiredAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Why it ended, for people.</summary>
    public string? ResolvedBecause { get; set; }

    /// <summary>Newest value; the one before when the newest is missing.</summary>
    public double Value { get; set; }

    /// <summary>The value furthest beyond the threshold.</summary>
    public double Worst { get; set; }

    /// <summary>When <see cref="Value"/> was read.</summary>
    public DateTimeOffset ValueAt { get; set; }

    /// <summary>Whether the newest value is missing.</summary>
    public bool NoData { get; set; }

    /// <summary>When it was put into a message that it fires; null while nobody was told.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>When a silence first kept a message about it back; null when none did.</summary>
    public DateTimeOffset? MutedAt { get; set; }

    /// <summary>When those who were told that it fires were told that it ended.</summary>
    public DateTimeOffset? EndToldAt { get; set; }
}
