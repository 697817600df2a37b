namespace Headroom.Ingestion.Series;

/// <summary>One series of one sender: where it goes, and what of its past is needed to make a rate. Guarded by its <see cref="SeriesTable"/>.</summary>
internal sealed class ForeignSeries(string name, PointKind kind, SeriesFeed[] feeds)
{
    public string Name { get; } = name;

    public PointKind Kind { get; } = kind;

    /// <summary>Empty when no rule maps the series.</summary>
    public SeriesFeed[] Feeds { get; } = feeds;

    /// <summary>Only where a feed wants a rate from a running total.</summary>
    public CounterHistory? History { get; } = kind != PointKind.Delta && feeds.Any(feed => feed.AsRate) ? new CounterHistory() : null;

    /// <summary>Time of the newest point of a series sent as deltas, to know the interval when the sender does not give a start.</summary>
    public long LastDeltaMilliseconds { get; set; }

    /// <summary>When it was last seen, on the monotonic clock.</summary>
    public long LastSeenTimestamp { get; set; }
}
