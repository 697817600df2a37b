namespace Headroom.Storage.Model;

/// <summary>What a model said about one workload over one window.</summary>
public sealed class InterferencePredictionRow
{
    public int HostId { get; init; }

    public int EntityId { get; init; }

    /// <summary>End of the window.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Length of the window.</summary>
    public int WindowSeconds { get; init; }

    /// <summary>Predicted performance as a share of what the workload would do alone: 1 is undisturbed.</summary>
    public double Value { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public double Lower { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public double Upper { get; init; }

    /// <summary>Share of true values the interval is meant to hold.</summary>
    public double Level { get; init; }

    public required string ModelId { get; init; }

    public required string ModelVersion { get; init; }

    /// <summary>What of the window lies outside what training saw, a sentence each; empty when all is inside.</summary>
    public required string[] OutsideTraining { get; init; }

    /// <summary>What moved the prediction away from the base; JSON.</summary>
    public required string Reasons { get; init; }

    /// <summary>What every neighbour costs, the dearest first; JSON.</summary>
    public required string Neighbours { get; init; }
}
