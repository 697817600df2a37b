using Headroom.Ingestion.Mapping;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Ingestion.Series;

/// <summary>
/// The series one sender has shown so far, found by the bytes that name them. Bounded: at the limit a new series is refused, series
/// that fell silent are swept. Everything here is guarded by <see cref="Gate"/>, which a request holds while it is decoded.
/// </summary>
internal sealed class SeriesTable(SourceRulesTable rules, MetricCatalogue catalogue, TimeProvider clock, IngestionOptions options)
{
    private readonly Dictionary<byte[], ForeignSeries> _series = new(SeriesKeyComparer.Instance);
    private Dictionary<EntityReference, ForeignEntity> _entities = [];
    private long _nameBytes;
    private long _lastSweep = clock.GetTimestamp();

    public Lock Gate { get; } = new();

    public int Count => _series.Count;

    /// <summary>The series with this name on the wire, or null when it was not seen before.</summary>
    public ForeignSeries? Find(ReadOnlySpan<byte> key)
    {
        if (!_series.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var series))
        {
            return null;
        }

        series.LastSeenTimestamp = clock.GetTimestamp();
        return series;
    }

    /// <summary>Resolves a new series and remembers it; null at the limit.</summary>
    public ForeignSeries? Add(ReadOnlySpan<byte> key, SeriesIdentity identity)
    {
        if (_series.Count >= options.MaxSeriesPerSender || _nameBytes + key.Length > options.MaxSeriesNameBytesPerSender)
        {
            return null;
        }

        var feeds = rules.Map(identity).Select(Resolve).OfType<SeriesFeed>().ToArray();
        var series = new ForeignSeries(identity.Name, identity.Kind, feeds) { LastSeenTimestamp = clock.GetTimestamp() };
        _series[key.ToArray()] = series;
        _nameBytes += key.Length;
        return series;
    }

    /// <summary>Forgets what was not seen for the idle time; looks at most once per that time.</summary>
    public void Sweep()
    {
        var idle = options.SeriesIdleTime;
        if (clock.GetElapsedTime(_lastSweep) < idle)
        {
            return;
        }

        _lastSweep = clock.GetTimestamp();
        foreach (var (key, series) in _series)
        {
            if (clock.GetElapsedTime(series.LastSeenTimestamp) >= idle)
            {
                _series.Remove(key);
                _nameBytes -= key.Length;
            }
        }

        _entities = _series.Values.SelectMany(series => series.Feeds).Select(feed => feed.Entity).Distinct()
            .ToDictionary(entity => entity.Reference);
    }

    private SeriesFeed? Resolve(MetricTarget target)
    {
        var rule = target.Rule;
        if (catalogue.OrdinalOf(target.Entity.Kind, rule.Metric) is not { } ordinal)
        {
            return null;
        }

        var entity = EntityOf(target.Entity);
        var combination = rule.Combine == Combine.Single ? null : entity.CombinationFor(ordinal, rule);
        var slot = combination?.AddSlot(rule.Factor, rule.IsDenominator, rule.Slot) ?? 0;
        return new SeriesFeed(entity, ordinal, rule.Factor, rule.AsRate, rule.IsMissing, combination, slot);
    }

    private ForeignEntity EntityOf(EntityReference reference)
    {
        if (!_entities.TryGetValue(reference, out var entity))
        {
            _entities[reference] = entity = new ForeignEntity(reference, catalogue.For(reference.Kind).Count);
        }

        return entity;
    }
}
