namespace Headroom.Ingestion.Series;

/// <summary>
/// Builds one value per second out of several series that may arrive in several requests, late or twice: every series has a slot, and
/// each arrival gives the value of that second from all slots known so far. Not safe for concurrent use.
/// </summary>
internal sealed class Combination(Combine combine, int requiredSeries)
{
    /// <summary>How many different seconds are kept open for late series.</summary>
    private const int OpenSeconds = 16;

    private readonly List<CombinationSlot> _slots = [];
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    private readonly List<CombinedSecond> _open = new(OpenSeconds);

    /// <summary>Gives a series its slot; series that give the same name share one, so that what they all say counts once.</summary>
    public int AddSlot(double weight, bool isDenominator, string? name = null)
    {
        if (name is not null && _named.TryGetValue(name, out var known))
        {
            return known;
        }

        _slots.Add(new CombinationSlot(weight, isDenominator));
        if (name is not null)
        {
            _named[name] = _slots.Count - 1;
        }

        return _slots.Count - 1;
    }

    /// <summary>Puts a value into its slot; the combined value of that second, or null while series are missing or the second is closed.</summary>
    public double? Put(int slot, long second, double value)
    {
        if (FindOrOpen(second) is not { } open)
        {
            return null;
        }

        open.Set(slot, value, _slots);
        return open.Present >= ExpectedAt(second) ? open.Combined(combine) : null;
    }

    // A sum of fewer series than a moment ago would look like a dip. Wait for the rest; when a series is gone for good, one second has no value.
    private int ExpectedAt(long second)
    {
        CombinedSecond? earlier = null;
        foreach (var open in _open)
        {
            if (open.Second < second && (earlier is null || open.Second > earlier.Second))
            {
                earlier = open;
            }
        }

        return Math.Max(requiredSeries, earlier?.Present ?? 0);
    }

    private CombinedSecond? FindOrOpen(long second)
    {
        foreach (var open in _open)
        {
            if (open.Second == second)
            {
                return open;
            }
        }

        if (_open.Count < OpenSeconds)
        {
            _open.Add(new CombinedSecond(second));
            return _open[^1];
        }

        var oldest = _open.MinBy(open => open.Second)!;
        if (second < oldest.Second)
        {
            return null;
        }

        oldest.Reopen(second);
        return oldest;
    }
}
