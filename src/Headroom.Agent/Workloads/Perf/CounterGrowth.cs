namespace Headroom.Agent.Workloads.Perf;

/// <summary>How much every event of one workload grew in this tick, summed over CPUs or threads.</summary>
internal sealed class CounterGrowth(int eventCount)
{
    private readonly double[] _sums = new double[eventCount];
    private readonly State[] _states = new State[eventCount];

    private enum State : byte
    {
        NotRead,
        Known,
        Unknown,
    }

    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_states);
    }

    /// <summary>Adds a part. One unknown part makes the whole unknown: a sum that leaves out a CPU would look like a fall.</summary>
    public void Add(int index, double? growth)
    {
        if (growth is { } known)
        {
            _sums[index] += known;
            _states[index] = _states[index] == State.Unknown ? State.Unknown : State.Known;
        }
        else
        {
            _states[index] = State.Unknown;
        }
    }

    /// <summary>The sum, or null when it is not known.</summary>
    public double? this[int index] => _states[index] == State.Known ? _sums[index] : null;
}
