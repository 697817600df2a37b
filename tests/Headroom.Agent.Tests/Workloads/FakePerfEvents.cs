using Headroom.Agent.Workloads.Perf;

namespace Headroom.Agent.Tests.Workloads;

/// <summary>A kernel whose counters go up as a test says.</summary>
internal sealed class FakePerfEvents : IPerfEvents
{
    private readonly Dictionary<int, Counter> _open = [];
    private int _next = 100;

    /// <summary>Error number for an event, or null when it is there.</summary>
    public Func<PerfEventAttribute, bool, int?> Refuse { get; set; } = (_, _) => null;

    /// <summary>Counts of an event in a second in which it always ran.</summary>
    public Func<PerfEventAttribute, ulong> PerSecond { get; set; } = _ => 0;

    public int OpenCount => _open.Count;

    public int OpenedCount { get; private set; }

    public IEnumerable<(int Target, int Cpu, bool Cgroup)> Targets => _open.Values.Select(counter => (counter.Target, counter.Cpu, counter.Cgroup)).Distinct();

    /// <summary>Lets time pass of which the counters ran only a part.</summary>
    public void Pass(double seconds, double runningRatio = 1)
    {
        foreach (var counter in _open.Values)
        {
            counter.Enabled += (ulong)(seconds * 1e9);
            counter.Running += (ulong)(seconds * 1e9 * runningRatio);
            counter.Count += (ulong)(PerSecond(counter.Attribute) * seconds * runningRatio);
        }
    }

    public int Open(in PerfEventAttribute attribute, int target, int cpu, int groupLeader, bool cgroup)
    {
        if (Refuse(attribute, cgroup) is { } error)
        {
            return -error;
        }

        OpenedCount++;
        var descriptor = _next++;
        _open.Add(descriptor, new Counter(attribute, groupLeader < 0 ? descriptor : groupLeader, target, cpu, cgroup));
        return descriptor;
    }

    public int Read(int descriptor, Span<ulong> values)
    {
        if (!_open.TryGetValue(descriptor, out var counter))
        {
            return 0;
        }

        if ((counter.Attribute.ReadFormat & PerfEventAttribute.FormatGroup) == 0)
        {
            (values[0], values[1], values[2]) = (counter.Count, counter.Enabled, counter.Running);
            return 3;
        }

        var members = _open.Where(entry => entry.Value.Leader == descriptor).OrderBy(entry => entry.Key).Select(entry => entry.Value.Count).ToList();
        (values[0], values[1], values[2]) = ((ulong)members.Count, counter.Enabled, counter.Running);
        for (var i = 0; i < members.Count; i++)
        {
            values[3 + i] = members[i];
        }

        return 3 + members.Count;
    }

    public int OpenFolder(string path) => 7;

    public void Close(int descriptor) => _open.Remove(descriptor);

    private sealed class Counter(PerfEventAttribute attribute, int leader, int target, int cpu, bool cgroup)
    {
        public PerfEventAttribute Attribute => attribute;

        public int Leader => leader;

        public int Target => target;

        public int Cpu => cpu;

        public bool Cgroup => cgroup;

        public ulong Count { get; set; }

        public ulong Enabled { get; set; }

        public ulong Running { get; set; }
    }
}
