namespace Headroom.Ingestion.Series;

/// <summary>One series' place in a combination.</summary>
/// <param name="Weight">Multiplies its values.</param>
/// <param name="IsDenominator">Whether it stands below the line of a <see cref="Combine.Ratio"/>.</param>
internal readonly record struct CombinationSlot(double Weight, bool IsDenominator);
