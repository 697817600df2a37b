using System.Collections.Concurrent;

namespace Headroom.Ingestion.Series;

/// <summary>Counts points that no rule maps, by metric name, so that nobody loses a metric without being told. Bounded in names.</summary>
public sealed class UnmappedSeries
{
    private const int MaxNames = 4_000;
    private const int MaxNameLength = 200;
    private readonly ConcurrentDictionary<string, long> _points = new(StringComparer.Ordinal);
    private long _ofFurtherNames;

    /// <summary>Points under names beyond the first 4,000.</summary>
    public long PointsOfFurtherNames => Interlocked.Read(ref _ofFurtherNames);

    /// <summary>Counts a point; true when the name is new.</summary>
    internal bool Count(string name)
    {
        name = name.Length > MaxNameLength ? name[..MaxNameLength] : name;
        if (_points.TryGetValue(name, out var points))
        {
            _points.AddOrUpdate(name, points, static (_, count) => count + 1);
            return false;
        }

        if (_points.Count >= MaxNames)
        {
            Interlocked.Increment(ref _ofFurtherNames);
            return false;
        }

        return _points.AddOrUpdate(name, 1, static (_, count) => count + 1) == 1;
    }

    /// <summary>The names with the most points since the program started.</summary>
    public IReadOnlyList<(string Name, long Points)> Top(int count) =>
        _points.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(count).Select(entry => (entry.Key, entry.Value)).ToList();
}
