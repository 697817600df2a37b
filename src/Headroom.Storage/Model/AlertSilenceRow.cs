namespace Headroom.Storage.Model;

/// <summary>A time in which alerts are recorded, but nobody is told of them.</summary>
public sealed class AlertSilenceRow
{
    public Guid SilenceId { get; init; }

    /// <summary>Only alerts of this rule; null for all.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>Only alerts of these hosts, <c>*</c> for any text; null for all.</summary>
    public string? Hosts { get; init; }

    /// <summary>Only alerts about these subjects, <c>*</c> for any text; null for all.</summary>
    public string? Subjects { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
