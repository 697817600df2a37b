namespace Headroom.Agent.Workloads.Perf;

/// <summary>One group of events opened on one target: a cgroup on a CPU, or a thread.</summary>
internal sealed class OpenCounters : IDisposable
{
    private readonly IPerfEvents _events;
    private readonly List<(int Descriptor, int EventIndex)> _open = [];
    private readonly bool _isReadAsGroup;
    private readonly CounterReading[] _readings;
    private readonly ulong[] _buffer;

    /// <summary>Opens as many events of the group as the kernel gives.</summary>
    /// <param name="events">The kernel.</param>
    /// <param name="group">The events with their places in the sums.</param>
    /// <param name="target">A thread, or the folder of a cgroup.</param>
    /// <param name="cpu">The CPU, -1 for a thread.</param>
    public OpenCounters(IPerfEvents events, IReadOnlyList<(PerfEvent Event, int Index)> group, int target, int cpu)
    {
        _events = events;
        _isReadAsGroup = true;
        Open(group, target, cpu);

        // Old kernels do not read a group at once that children inherit; then each counter is read alone.
        if (cpu < 0 && _open.Count == 0 && FirstError == PerfErrors.InvalidArgument)
        {
            _isReadAsGroup = false;
            FirstError = null;
            Open(group, target, cpu);
        }

        _readings = new CounterReading[_open.Count];
        _buffer = new ulong[3 + _open.Count];
    }

    /// <summary>Error number of the first event that did not open, or null.</summary>
    public int? FirstError { get; private set; }

    /// <summary>How many descriptors it holds.</summary>
    public int DescriptorCount => _open.Count;

    /// <summary>Adds the growth since the last reading.</summary>
    public void AddTo(CounterGrowth growth, double minRunningRatio)
    {
        if (_isReadAsGroup)
        {
            AddGroup(growth, minRunningRatio);
            return;
        }

        for (var i = 0; i < _open.Count; i++)
        {
            // value, time enabled, time running
            growth.Add(_open[i].EventIndex, _events.Read(_open[i].Descriptor, _buffer) >= 3
                ? _readings[i].Take(_buffer[0], _buffer[1], _buffer[2], minRunningRatio)
                : null);
        }
    }

    public void Dispose()
    {
        // The leader last: without it the others would be counted on their own for a moment.
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _events.Close(_open[i].Descriptor);
        }

        _open.Clear();
    }

    private void Open(IReadOnlyList<(PerfEvent Event, int Index)> group, int target, int cpu)
    {
        var isCgroup = cpu >= 0;
        var format = PerfEventAttribute.FormatTimeEnabled | PerfEventAttribute.FormatTimeRunning | (_isReadAsGroup ? PerfEventAttribute.FormatGroup : 0);
        foreach (var (perfEvent, index) in group)
        {
            var leader = _open.Count == 0 ? -1 : _open[0].Descriptor;
            var descriptor = _events.Open(perfEvent.Attribute(format, isCgroup ? 0 : PerfEventAttribute.InheritFlag), target, cpu, leader, isCgroup);
            if (descriptor >= 0)
            {
                _open.Add((descriptor, index));
            }
            else
            {
                FirstError ??= -descriptor;
            }
        }
    }

    private void AddGroup(CounterGrowth growth, double minRunningRatio)
    {
        if (_open.Count == 0)
        {
            return;
        }

        // number of events, time enabled, time running, one value per event
        var isRead = _events.Read(_open[0].Descriptor, _buffer) >= 3 + _open.Count && _buffer[0] == (ulong)_open.Count;
        for (var i = 0; i < _open.Count; i++)
        {
            growth.Add(_open[i].EventIndex, isRead ? _readings[i].Take(_buffer[3 + i], _buffer[1], _buffer[2], minRunningRatio) : null);
        }
    }
}
