namespace Headroom.Storage.Model;

/// <summary>A late label beside what had been predicted for its time, kept even when the predictions are forgotten.</summary>
public sealed class VerifiedPredictionRow
{
    public int HostId { get; init; }

    /// <summary>The label, a row of <c>runs</c>.</summary>
    public Guid RunId { get; init; }

    public int EntityId { get; init; }

    /// <summary>Name of the workload.</summary>
    public required string Workload { get; init; }

    /// <summary>End of the labelled time.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Measured performance, 1 undisturbed.</summary>
    public double Truth { get; init; }

    /// <summary>Mean prediction over the windows in that time.</summary>
    public double Value { get; init; }

    /// <summary>Mean lower end.</summary>
    public double Lower { get; init; }

    /// <summary>Mean upper end.</summary>
    public double Upper { get; init; }

    /// <summary>Level of the intervals.</summary>
    public double Level { get; init; }

    /// <summary>How many windows there were.</summary>
    public int Windows { get; init; }

    /// <summary>How many of them lay outside the training range.</summary>
    public int OutsideWindows { get; init; }

    /// <summary>Id of the model that predicted; the last one where it changed.</summary>
    public required string ModelId { get; init; }

    /// <summary>When a job held the one against the other.</summary>
    public DateTimeOffset VerifiedAt { get; init; }

    /// <summary>That job.</summary>
    public Guid WorkId { get; init; }
}
