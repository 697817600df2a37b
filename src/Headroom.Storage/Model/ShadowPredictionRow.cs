namespace Headroom.Storage.Model;

/// <summary>What a challenger said about a window that the champion answered. Nobody is shown it.</summary>
public sealed class ShadowPredictionRow
{
    /// <summary>The challenger.</summary>
    public int VersionId { get; init; }

    public int HostId { get; init; }

    public int EntityId { get; init; }

    /// <summary>End of the window.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Predicted performance as a share of what the workload would do alone.</summary>
    public double Value { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public double Lower { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public double Upper { get; init; }
}
