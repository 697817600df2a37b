namespace Headroom.Ingestion.Series;

/// <summary>
/// The last few points of one cumulative counter, in order of time, so that a repeated or late point still finds the point before
/// it. Not safe for concurrent use.
/// </summary>
internal sealed class CounterHistory
{
    private const int Capacity = 8;
    private readonly long[] _milliseconds = new long[Capacity];
    private readonly double[] _totals = new double[Capacity];
    private int _count;

    /// <summary>
    /// Takes a point and gives the increase per second since the point before it; null for a first point, a reset (the total fell, or
    /// counting started after the point before), a gap longer than <paramref name="maxGap"/>, and a point older than all that is known.
    /// </summary>
    /// <param name="startMilliseconds">When the sender began to count, 0 when it does not say.</param>
    public double? RateAt(long milliseconds, double total, long startMilliseconds, TimeSpan maxGap)
    {
        var place = _count;
        while (place > 0 && _milliseconds[place - 1] >= milliseconds)
        {
            place--;
        }

        if (!Insert(place, milliseconds, total, out place) || place == 0)
        {
            return null;
        }

        var elapsed = milliseconds - _milliseconds[place - 1];
        var increase = total - _totals[place - 1];
        var reset = increase < 0 || startMilliseconds > _milliseconds[place - 1];
        return reset || elapsed > maxGap.TotalMilliseconds ? null : increase * 1000 / elapsed;
    }

    private bool Insert(int place, long milliseconds, double total, out int placed)
    {
        placed = place;
        if (place < _count && _milliseconds[place] == milliseconds)
        {
            _totals[place] = total;
            return true;
        }

        if (_count == Capacity)
        {
            if (place == 0)
            {
                return false;
            }

            // Full: the oldest point makes room.
            placed = --place;
            Array.Copy(_milliseconds, 1, _milliseconds, 0, place);
            Array.Copy(_totals, 1, _totals, 0, place);
        }
        else
        {
            Array.Copy(_milliseconds, place, _milliseconds, place + 1, _count - place);
            Array.Copy(_totals, place, _totals, place + 1, _count - place);
            _count++;
        }

        _milliseconds[place] = milliseconds;
        _totals[place] = total;
        return true;
    }
}
