using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Collecting;

/// <summary>
/// Metrics of a file that names its numbers, such as <c>/proc/vmstat</c>. A metric is one named number or the sum of several;
/// whether it is set as it is or as a rate is the catalogue's to say. Keys the file does not have leave their metrics missing.
/// </summary>
internal sealed class KeyedMetrics(EntityRegistry entities, EntityKind kind)
{
    private readonly Dictionary<byte[], int> _places = new(Utf8Keys.Comparer);
    private readonly List<Row> _rows = [];
    private ulong[] _values = [];
    private bool[] _present = [];

    /// <summary>A metric that is one named number.</summary>
    /// <param name="scale">Units of the metric per count of the file.</param>
    public KeyedMetrics Add(string key, string metric, double scale = 1) => AddSum(metric, scale, key);

    /// <summary>A metric that is the sum of named numbers, of those that the file has; a key after a minus sign is taken off.</summary>
    public KeyedMetrics AddSum(string metric, double scale, params string[] keys)
    {
        var ordinal = entities.Metric(kind, metric);
        var terms = keys.Select(key => key[0] == '-' ? (Place(key[1..]), -1L) : (Place(key), 1L)).ToArray();
        _rows.Add(new Row(ordinal, entities.IsRate(kind, ordinal), scale, terms));
        return this;
    }

    /// <summary>The place of a number that <see cref="this[int]"/> is asked for.</summary>
    public int Place(string key)
    {
        var bytes = Utf8Keys.Key(key);
        if (!_places.TryGetValue(bytes, out var place))
        {
            place = _places.Count;
            _places.Add(bytes, place);
            Array.Resize(ref _values, place + 1);
            Array.Resize(ref _present, place + 1);
        }

        return place;
    }

    /// <summary>The number as the file had it, or null when it was not there.</summary>
    public double? this[int place] => _present[place] ? _values[place] : null;

    /// <summary>Forgets the numbers of the previous tick.</summary>
    public void Begin() => Array.Clear(_present);

    /// <summary>Takes a number of the file; one that no metric needs is ignored.</summary>
    public void Put(ReadOnlySpan<byte> key, ulong value)
    {
        if (_places.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var place))
        {
            _values[place] = value;
            _present[place] = true;
        }
    }

    /// <summary>Reads lines of a key, an optional colon, and a number; what follows (a unit) is not looked at.</summary>
    /// <returns>False when a wanted line has no number; the lines before and after are taken all the same.</returns>
    public bool PutLines(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> malformed)
    {
        malformed = default;
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var fields = new Fields(line);
            if (!fields.TryReadWord(out var key))
            {
                continue;
            }

            key = key[^1] == ':' ? key[..^1] : key;
            if (fields.TryReadUnsigned(out var value))
            {
                Put(key, value);
            }
            else if (_places.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(key))
            {
                malformed = line;
            }
        }

        return malformed.IsEmpty;
    }

    /// <summary>Sets every metric whose numbers were there.</summary>
    public void Apply(Entity entity)
    {
        foreach (var row in _rows)
        {
            var sum = 0UL;
            var any = false;
            foreach (var (place, weight) in row.Terms)
            {
                if (_present[place])
                {
                    sum = unchecked(sum + ((ulong)weight * _values[place]));
                    any = true;
                }
            }

            if (!any)
            {
                continue;
            }

            if (row.IsRate)
            {
                entity.SetRate(row.Metric, sum, row.Scale);
            }
            else
            {
                entity.Set(row.Metric, sum * row.Scale);
            }
        }
    }

    private readonly record struct Row(int Metric, bool IsRate, double Scale, (int Place, long Weight)[] Terms);
}
