using Headroom.Telemetry.Catalogue;

namespace Headroom.Storage.Model;

/// <summary>When somebody shall be told: a signal, held against a threshold, for a while.</summary>
public sealed class AlertRuleRow
{
    public Guid RuleId { get; init; }

    /// <summary>Name for people, unique.</summary>
    public required string Name { get; set; }

    public bool IsEnabled { get; set; } = true;

    /// <summary>Name of the signal, for example <c>metric</c> or <c>agent-silence</c>.</summary>
    public required string Signal { get; set; }

    /// <summary>Kind of entity of a metric; null for other signals.</summary>
    public EntityKind? Kind { get; set; }

    /// <summary>Catalogue name of a metric; null for other signals.</summary>
    public string? Metric { get; set; }

    /// <summary>How the values of the window become one.</summary>
    public AlertAggregate Aggregate { get; set; }

    /// <summary>Length of the window that one value is made of, seconds.</summary>
    public int WindowSeconds { get; set; }

    public AlertComparison Comparison { get; set; }

    /// <summary>Beyond it the alert begins, in the unit of the signal.</summary>
    public double Threshold { get; set; }

    /// <summary>Back at it the alert ends, in the same unit: at or on the quiet side of <see cref="Threshold"/>.</summary>
    public double ClearThreshold { get; set; }

    /// <summary>How long the threshold must be passed before the alert fires, seconds.</summary>
    public int ForSeconds { get; set; }

    public AlertSeverity Severity { get; set; }

    /// <summary>What shares one message.</summary>
    public AlertGrouping Grouping { get; set; }

    /// <summary>Names of the hosts it looks at, <c>*</c> for any text; null for all.</summary>
    public string? Hosts { get; set; }

    /// <summary>Where it is told; empty: at every channel.</summary>
    public Guid[] Channels { get; set; } = [];

    /// <summary>What to do about it, for whoever is told; null for nothing.</summary>
    public string? Note { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }

    /// <summary>When it was last evaluated.</summary>
    public DateTimeOffset? EvaluatedAt { get; set; }

    /// <summary>Why the last evaluation could not read its signal; null when it could.</summary>
    public string? Problem { get; set; }
}
