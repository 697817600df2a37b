namespace Headroom.Storage.Model;

/// <summary>What came of a recommendation, for one resource; amounts in cores or GiB.</summary>
public sealed class CapacityOutcomeRow
{
    public Guid AdviceId { get; init; }

    /// <summary><c>cpu</c> or <c>memory</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>What was advised.</summary>
    public double Advised { get; init; }

    /// <summary>Highest use while it held; null when no telemetry came.</summary>
    public double? Peak { get; init; }

    /// <summary>Windows with telemetry while it held.</summary>
    public int Windows { get; init; }

    /// <summary>Windows whose use exceeded it.</summary>
    public int Violations { get; init; }
}
