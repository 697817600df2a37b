using Headroom.Storage;
using Headroom.Storage.Reading;

namespace Headroom.Web.Api.Telemetry;

/// <summary>Values of all followed series at one second, in the order they were asked for.</summary>
/// <param name="At">Start of the second.</param>
public sealed record LivePoint(DateTimeOffset At, float?[] Values);

/// <summary>Reads what has been stored since the last look: every second once, in order, up to the newest one.</summary>
internal sealed class LiveTail(SeriesReader reader, IReadOnlyList<SeriesKey> keys, StorageOptions limits)
{
    // A frame may be stored a little after a later one of another agent; a client that slept longer reloads its range instead.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(2);

    private DateTimeOffset _sentUpTo = DateTimeOffset.MinValue;

    public async Task<IReadOnlyList<LivePoint>> ReadNewAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var to = Floor(now + Lead);
        var from = _sentUpTo < now - LongestCatchUp ? Floor(now - TimeSpan.FromSeconds(10)) : _sentUpTo + TimeSpan.FromSeconds(1);
        if (from >= to)
        {
            return [];
        }

        var seconds = (int)(to - from).TotalSeconds;
        var points = new SortedDictionary<DateTimeOffset, float?[]>();
        var place = 0;
        foreach (var part in keys.Chunk(limits.MaxSeries))
        {
            var requests = part.Select(key => new SeriesRequest(key.HostId, key.EntityId, key.Metric, from, to, seconds)).ToList();
            foreach (var series in await reader.ReadAsync(requests, cancellationToken))
            {
                Spread(series, place++, from, points);
            }
        }

        if (points.Count > 0)
        {
            _sentUpTo = points.Keys.Last();
        }

        return [.. points.Select(point => new LivePoint(point.Key, point.Value))];
    }

    private void Spread(Series series, int place, DateTimeOffset from, SortedDictionary<DateTimeOffset, float?[]> points)
    {
        for (var i = 0; i < series.Mean.Length; i++)
        {
            var at = series.From + (i * series.Bucket);
            if (series.Mean[i] is not { } value || at < from)
            {
                continue;
            }

            if (!points.TryGetValue(at, out var values))
            {
                points[at] = values = new float?[keys.Count];
            }

            values[place] = value;
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
