namespace Headroom.Ingestion.Series;

/// <summary>What a sender says about the values of a series.</summary>
internal enum PointKind
{
    /// <summary>The protocol does not say (Prometheus remote write 1.0).</summary>
    Unknown,

    /// <summary>A level.</summary>
    Gauge,

    /// <summary>A total since some start.</summary>
    Cumulative,

    /// <summary>An increase since the point before.</summary>
    Delta,
}
