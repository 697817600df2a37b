namespace Headroom.Storage.Model;

/// <summary>What was decided about a version.</summary>
public enum ModelVerdict
{
    /// <summary>It became champion because the rule was met.</summary>
    Promoted = 0,

    /// <summary>It did not become champion because the rule was not met.</summary>
    Rejected = 1,

    /// <summary>A person made it champion, whatever the rule says.</summary>
    Forced = 2,

    /// <summary>A person ruled it out, whatever the rule says.</summary>
    Vetoed = 3,

    /// <summary>It became champion again because the one after it was taken back.</summary>
    RolledBack = 4,

    /// <summary>It was the first: there was no champion.</summary>
    First = 5,

    /// <summary>It answers live traffic in the shadow of the champion until there are enough labels, or until its time is over.</summary>
    Shadowed = 6,
}

/// <summary>A decision about a version, with its numbers.</summary>
public sealed class ModelDecisionRow
{
    public Guid DecisionId { get; init; }

    public required string Model { get; init; }

    /// <summary>The version that was decided about.</summary>
    public int VersionId { get; init; }

    /// <summary>The champion at that time; null when there was none.</summary>
    public int? ChampionId { get; init; }

    public ModelVerdict Verdict { get; init; }

    /// <summary>Who or what decided.</summary>
    public required string By { get; init; }

    /// <summary>Why, in plain words.</summary>
    public required string Reason { get; init; }

    /// <summary>The numbers of the rule, a JSON object; null for a decision without.</summary>
    public string? Numbers { get; init; }

    /// <summary>The job that decided.</summary>
    public Guid? WorkId { get; init; }

    public DateTimeOffset At { get; init; }
}
