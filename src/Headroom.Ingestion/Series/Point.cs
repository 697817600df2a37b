namespace Headroom.Ingestion.Series;

/// <summary>One value of a foreign series.</summary>
/// <param name="Milliseconds">Unix time.</param>
/// <param name="Value">The value.</param>
/// <param name="StartMilliseconds">For sums: when counting began, 0 when unknown.</param>
internal readonly record struct Point(long Milliseconds, double Value, long StartMilliseconds = 0);
