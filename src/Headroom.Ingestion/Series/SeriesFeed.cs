namespace Headroom.Ingestion.Series;

/// <summary>One resolved way from a foreign series to a value of an entity's row.</summary>
/// <param name="Entity">Whose row.</param>
/// <param name="Ordinal">Place in the row.</param>
/// <param name="Factor">Multiplies the value; inside a combination it is the weight of the slot instead.</param>
/// <param name="AsRate">Whether the increase per second is stored.</param>
/// <param name="IsMissing">Values by which the source says that there is none; null when it has none.</param>
/// <param name="Combination">The combination the series is part of, or null when it fills the value alone.</param>
/// <param name="Slot">Its slot there.</param>
internal sealed record SeriesFeed(ForeignEntity Entity, int Ordinal, double Factor, bool AsRate, Func<double, bool>? IsMissing, Combination? Combination, int Slot);
