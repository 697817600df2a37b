namespace Headroom.Ingestion.Series;

/// <summary>
/// Builds one value per second out of several series that may arrive in several requests, late or twice: every series has a slot, and
/// each arrival works out the value of that second anew from all slots known so far. Not safe for concurrent use.
/// </summary>
internal sealed class Combination(Combine combine, int requiredSeries)
{
    /// <summary>How many different seconds are kept open for late series.</summary>
    private const int OpenSeconds = 16;

    private readonly List<(double Weight, bool IsDenominator)> _slots = [];
    private readonly List<(long Second, List<double> Values)> _open = new(OpenSeconds);

    /// <summary>Gives a series its slot.</summary>
    public int AddSlot(double weight, bool isDenominator)
    {
        _slots.Add((weight, isDenominator));
        return _slots.Count - 1;
    }

    /// <summary>Puts a value into its slot; the combined value of that second, or null while series are missing or the second is closed.</summary>
    public double? Put(int slot, long second, double value)
    {
        if (FindOrOpen(second) is not { } values)
        {
            return null;
        }

        while (values.Count <= slot)
        {
            values.Add(double.NaN);
        }

        values[slot] = value;
        return PresentIn(values) >= ExpectedAt(second) ? Combined(values) : null;
    }

    // A sum of fewer series than a moment ago would look like a dip. Wait for the rest; when a series is gone for good, one second has no value.
    private int ExpectedAt(long second)
    {
        (long Second, List<double> Values)? earlier = null;
        foreach (var open in _open)
        {
            if (open.Second < second && (earlier is null || open.Second > earlier.Value.Second))
            {
                earlier = open;
            }
        }

        return Math.Max(requiredSeries, earlier is { } found ? PresentIn(found.Values) : 0);
    }

    private static int PresentIn(List<double> values)
    {
        var present = 0;
        foreach (var value in values)
        {
            present += double.IsNaN(value) ? 0 : 1;
        }

        return present;
    }

    private List<double>? FindOrOpen(long second)
    {
        foreach (var open in _open)
        {
            if (open.Second == second)
            {
                return open.Values;
            }
        }

        if (_open.Count < OpenSeconds)
        {
            _open.Add((second, new List<double>(_slots.Count)));
            return _open[^1].Values;
        }

        var oldest = 0;
        for (var i = 1; i < _open.Count; i++)
        {
            oldest = _open[i].Second < _open[oldest].Second ? i : oldest;
        }

        if (second < _open[oldest].Second)
        {
            return null;
        }

        var reused = _open[oldest].Values;
        reused.Clear();
        _open[oldest] = (second, reused);
        return reused;
    }

    private double? Combined(List<double> values)
    {
        var present = 0;
        double sum = 0, denominator = 0, max = double.NegativeInfinity;
        for (var slot = 0; slot < values.Count; slot++)
        {
            if (double.IsNaN(values[slot]))
            {
                continue;
            }

            present++;
            var weighted = values[slot] * _slots[slot].Weight;
            max = Math.Max(max, weighted);
            if (_slots[slot].IsDenominator)
            {
                denominator += weighted;
            }
            else
            {
                sum += weighted;
            }
        }

        return combine switch
        {
            Combine.Mean => sum / present,
            Combine.Max => max,
            Combine.Ratio => denominator > 0 ? sum / denominator : null,
            _ => sum,
        };
    }
}
