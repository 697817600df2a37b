namespace Headroom.Ingestion.Series;

/// <summary>How several series of a sender become one value of the catalogue.</summary>
internal enum Combine
{
    /// <summary>One series, one value.</summary>
    Single,

    /// <summary>Weighted sum.</summary>
    Sum,

    /// <summary>Mean over the series that came.</summary>
    Mean,

    /// <summary>Largest of the series that came.</summary>
    Max,

    /// <summary>How many series came.</summary>
    Count,

    /// <summary>Weighted sum of the numerators over the weighted sum of the denominators; nothing when that is not positive.</summary>
    Ratio,
}
