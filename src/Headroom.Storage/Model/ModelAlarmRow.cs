namespace Headroom.Storage.Model;

/// <summary>Something about a model's input or its errors is not as it was in training.</summary>
public sealed class ModelAlarmRow
{
    public Guid AlarmId { get; init; }

    public required string Model { get; init; }

    public int VersionId { get; init; }

    /// <summary>The input feature, or <c>residual</c> or <c>coverage</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Name of the test.</summary>
    public required string Test { get; init; }

    /// <summary>First window that is unlike training.</summary>
    public DateTimeOffset Since { get; init; }

    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>What the test gave: a p-value, a distance or a martingale.</summary>
    public double Statistic { get; set; }

    /// <summary>What it was held against.</summary>
    public double Threshold { get; init; }

    /// <summary>Estimated change of the mean absolute error, in the unit of the label; null where it cannot be told.</summary>
    public double? MaeEffect { get; set; }

    /// <summary>The job that raised it.</summary>
    public Guid? WorkId { get; init; }

    /// <summary>When the metric was as in training again; null while it is not.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
