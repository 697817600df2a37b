namespace Headroom.Telemetry.Catalogue;

/// <summary>How a metric's value behaves in time.</summary>
public enum MetricKind : byte
{
    /// <summary>A level at the moment of reading.</summary>
    Gauge = 1,

    /// <summary>A counter of the source, turned into its increase per second by the agent; a reset gives no value, never a negative one.</summary>
    Rate = 2,

    /// <summary>A code or a flag whose mean has no meaning; roll-ups keep its minimum, maximum and last value.</summary>
    State = 3,
}
