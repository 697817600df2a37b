namespace Headroom.Storage.Model;

/// <summary>One number that was measured about a version.</summary>
public sealed class ModelMetricRow
{
    /// <summary>Name of the slice that is everything.</summary>
    public const string Everything = "all";

    /// <summary>Source of what was measured on live predictions whose labels came later.</summary>
    public const string LateLabels = "late labels";

    public int VersionId { get; init; }

    /// <summary>On what: <c>card</c> (at training), <c>hold-out</c>, <c>shadow</c>, <c>late labels</c>.</summary>
    public required string Source { get; init; }

    /// <summary><c>all</c>, or the part of the rows, for example an application.</summary>
    public required string Slice { get; init; }

    /// <summary>For example <c>mae</c>.</summary>
    public required string Name { get; init; }

    public DateTimeOffset At { get; init; }

    public double Value { get; init; }

    public required string Unit { get; init; }

    /// <summary>Rows behind it; null where the card does not say.</summary>
    public int? Rows { get; init; }
}
