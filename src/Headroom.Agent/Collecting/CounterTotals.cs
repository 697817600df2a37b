namespace Headroom.Agent.Collecting;

/// <summary>
/// Increases summed over devices. Sums of increases, not increases of sums: a device that comes or goes then neither adds its
/// whole past to a tick nor hides what the others did.
/// </summary>
internal sealed class CounterTotals(int columns)
{
    private readonly double[] _increases = new double[columns];

    /// <summary>How many devices were added.</summary>
    public int Count { get; private set; }

    /// <summary>Time that the increases took.</summary>
    public double Seconds { get; private set; }

    /// <summary>The sums; NaN where one of the devices did not know its own.</summary>
    public ReadOnlySpan<double> Increases => _increases;

    public void Clear()
    {
        Array.Clear(_increases);
        (Count, Seconds) = (0, 0);
    }

    public void Add(CounterRow row)
    {
        for (var i = 0; i < columns; i++)
        {
            _increases[i] += row.Increases[i];
        }

        (Count, Seconds) = (Count + 1, row.Seconds);
    }
}
