namespace Headroom.Ingestion.Series;

/// <summary>Takes the points of one request: checks them, makes rates, combines, and gathers rows; counts what it refuses and why.</summary>
internal sealed class PointIntake(IngestionOptions options, TimeBounds bounds, UnmappedSeries unmapped)
{
    public RowBuilder Rows { get; } = new();

    public Rejections Rejected { get; } = new();

    /// <summary>Points that led to a value, or to the first half of a rate.</summary>
    public int AcceptedPoints { get; private set; }

    /// <summary>Points of series that no rule maps.</summary>
    public int UnmappedPoints { get; private set; }

    /// <summary>Names among them that no sender had brought before.</summary>
    public List<string> NewUnmappedNames { get; } = [];

    /// <summary>Points that say "no value here": stale markers and NaN.</summary>
    public int MissingPoints { get; private set; }

    public void RefuseNewSeries(int points) =>
        Rejected.Add("too-many-series", points, $"the sender is at its limit of {options.MaxSeriesPerSender} series or {options.MaxSeriesNameBytesPerSender} bytes of their names");

    public void Take(ForeignSeries series, Point point)
    {
        if (series.Feeds.Length == 0)
        {
            UnmappedPoints++;
            if (unmapped.Count(series.Name))
            {
                NewUnmappedNames.Add(series.Name);
            }
        }
        else if (double.IsNaN(point.Value))
        {
            MissingPoints++;
        }
        else if (Check(series, point))
        {
            AcceptedPoints++;
            Feed(series, point);
        }
    }

    private bool Check(ForeignSeries series, Point point)
    {
        if (double.IsInfinity(point.Value))
        {
            Rejected.Add("not-finite", 1, $"{series.Name} is infinite");
            return false;
        }

        if (point.Milliseconds < bounds.OldestMilliseconds)
        {
            Rejected.Add("too-old", 1, $"{series.Name} at {TimeText.Of(point.Milliseconds)} is before {TimeText.Of(bounds.OldestMilliseconds)}");
            return false;
        }

        if (point.Milliseconds > bounds.NewestMilliseconds)
        {
            Rejected.Add("in-the-future", 1, $"{series.Name} at {TimeText.Of(point.Milliseconds)} is after {TimeText.Of(bounds.NewestMilliseconds)}");
            return false;
        }

        return true;
    }

    private void Feed(ForeignSeries series, Point point)
    {
        var rate = series.History?.RateAt(point.Milliseconds, point.Value, point.StartMilliseconds, options.MaxCounterGap)
            ?? (series.Kind == PointKind.Delta ? RateOfDelta(series, point) : null);
        var second = Math.DivRem(point.Milliseconds, 1000, out _);
        foreach (var feed in series.Feeds)
        {
            if (feed.IsMissing?.Invoke(point.Value) == true)
            {
                continue;
            }

            var value = feed.AsRate ? rate : point.Value;
            var stored = feed.Combination is null
                ? value * feed.Factor
                : value is { } part ? feed.Combination.Put(feed.Slot, second, part) : null;
            if (stored is { } number)
            {
                Rows.Set(feed.Entity, second, feed.Ordinal, number);
            }
        }
    }

    private static double? RateOfDelta(ForeignSeries series, Point point)
    {
        var start = point.StartMilliseconds > 0 ? point.StartMilliseconds : series.LastDeltaMilliseconds;
        series.LastDeltaMilliseconds = Math.Max(series.LastDeltaMilliseconds, point.Milliseconds);
        return start > 0 && point.Milliseconds > start ? point.Value * 1000 / (point.Milliseconds - start) : null;
    }
}
