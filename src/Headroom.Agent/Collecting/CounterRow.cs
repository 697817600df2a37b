namespace Headroom.Agent.Collecting;

/// <summary>The counters of one device, read together. A column that was reset or not there has NaN for its increase.</summary>
internal sealed class CounterRow(int columns)
{
    private readonly Counter[] _counters = new Counter[columns];
    private readonly double[] _increases = new double[columns];

    /// <summary>Increase of each column since the previous reading.</summary>
    public ReadOnlySpan<double> Increases => _increases;

    /// <summary>Time since the previous reading.</summary>
    public double Seconds { get; private set; }

    /// <summary>Takes the columns that the line had.</summary>
    /// <returns>False when nothing is known yet, as at the first reading.</returns>
    public bool TryAdvance(ReadOnlySpan<ulong> values, long nanoseconds)
    {
        var known = false;
        Array.Fill(_increases, double.NaN);
        for (var i = 0; i < Math.Min(values.Length, columns); i++)
        {
            if (_counters[i].TryAdvance(values[i], nanoseconds, out var increase, out var seconds))
            {
                (_increases[i], Seconds, known) = (increase, seconds, true);
            }
        }

        return known;
    }
}
