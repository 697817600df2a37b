namespace Headroom.Storage.Reading;

/// <summary>One metric of one entity over a range of time.</summary>
/// <param name="HostId">Host, the distribution key of every telemetry table.</param>
/// <param name="EntityId">Entity of that host.</param>
/// <param name="Metric">Catalogue name of the metric.</param>
/// <param name="From">Start of the range, inclusive, UTC.</param>
/// <param name="To">End of the range, exclusive, UTC.</param>
/// <param name="MaxPoints">Width asked for: at most this many buckets come back (default limit 4,000).</param>
public sealed record SeriesRequest(int HostId, int EntityId, string Metric, DateTimeOffset From, DateTimeOffset To, int MaxPoints);

/// <summary>
/// A series brought to the width asked for: bucket i covers [From + i * Bucket, From + (i + 1) * Bucket). A bucket without data is
/// null in all three arrays (a gap), never interpolated. Buckets are aligned to whole multiples of their length, so that a moving
/// range does not make the values flicker: From may lie a little before the start asked for.
/// </summary>
/// <param name="Unit">UCUM unit of the values.</param>
/// <param name="Resolution">Which table answered: <c>1s</c>, <c>10s</c>, <c>1m</c> or <c>1h</c>.</param>
/// <param name="Mean">Mean of the bucket; for a state metric its last value.</param>
public sealed record Series(
    DateTimeOffset From,
    TimeSpan Bucket,
    string Unit,
    string Resolution,
    float?[] Min,
    float?[] Max,
    float?[] Mean)
{
    /// <summary>Frames of the host that were dropped or refused within the range, with the reasons; oldest first, at most 1,000.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];
}
