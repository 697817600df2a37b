namespace Headroom.Client.Series;

/// <summary>One series: bucket i covers [From + i * BucketMs, From + (i + 1) * BucketMs); null where nothing was measured.</summary>
/// <param name="Host">Id of the host.</param>
/// <param name="Entity">Id of the entity.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Unit">UCUM.</param>
/// <param name="Resolution">Which table answered: 1s, 10s, 1m, 1h.</param>
/// <param name="From">Start of the first bucket, Unix milliseconds.</param>
/// <param name="BucketMs">Width of a bucket, milliseconds.</param>
/// <param name="Min">Smallest value of each bucket.</param>
/// <param name="Max">Largest.</param>
/// <param name="Mean">Mean.</param>
public sealed record StoredSeries(
    int Host, int Entity, string Metric, string Unit, string Resolution, long From, long BucketMs, IReadOnlyList<float?> Min, IReadOnlyList<float?> Max, IReadOnlyList<float?> Mean);

/// <summary>Many series of one range.</summary>
/// <param name="Series">In the order they were asked for.</param>
public sealed record StoredSeriesList(IReadOnlyList<StoredSeries> Series);
