namespace Headroom.Ingestion.Series;

/// <summary>The slots of one second with their running sums, so that a value costs the same however many series there are.</summary>
internal sealed class CombinedSecond(long second)
{
    private readonly List<double> _weighted = [];
    private double _sum;
    private double _denominator;
    private double _max = double.NegativeInfinity;

    public long Second { get; private set; } = second;

    /// <summary>How many series came.</summary>
    public int Present { get; private set; }

    /// <summary>Sets a slot, again if it came before.</summary>
    public void Set(int slot, double value, List<CombinationSlot> slots)
    {
        while (_weighted.Count <= slot)
        {
            _weighted.Add(double.NaN);
        }

        var (weight, isDenominator) = slots[slot];
        var known = _weighted[slot];
        var weighted = _weighted[slot] = value * weight;
        if (double.IsNaN(known))
        {
            Present++;
            _max = Math.Max(_max, weighted);
            Add(weighted, isDenominator);
        }
        else if (known != weighted)
        {
            SumAnew(slots);
        }
    }

    /// <summary>Begins another second.</summary>
    public void Reopen(long second)
    {
        (Second, Present) = (second, 0);
        _weighted.Clear();
        Reset();
    }

    /// <summary>The value of what came so far; null for a quotient over nothing.</summary>
    public double? Combined(Combine combine) => combine switch
    {
        Combine.Mean => _sum / Present,
        Combine.Max => _max,
        Combine.Count => Present,
        Combine.Ratio => _denominator > 0 ? _sum / _denominator : null,
        _ => _sum,
    };

    private void SumAnew(List<CombinationSlot> slots)
    {
        Reset();
        for (var slot = 0; slot < _weighted.Count; slot++)
        {
            if (!double.IsNaN(_weighted[slot]))
            {
                _max = Math.Max(_max, _weighted[slot]);
                Add(_weighted[slot], slots[slot].IsDenominator);
            }
        }
    }

    private void Reset() => (_sum, _denominator, _max) = (0, 0, double.NegativeInfinity);

    private void Add(double weighted, bool isDenominator)
    {
        if (isDenominator)
        {
            _denominator += weighted;
        }
        else
        {
            _sum += weighted;
        }
    }
}
