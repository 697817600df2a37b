using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Workloads.Perf;

/// <summary>Turns the growth of counters into the metrics of the groups <c>perf</c> and <c>topdown</c>.</summary>
internal sealed class PerfMetrics
{
    private static readonly int InstructionsPerCycle = WorkloadMetric.Ordinal("perf.ipc");
    private static readonly int Frequency = WorkloadMetric.Ordinal("perf.frequency");
    private static readonly int CacheMissesPerKiloInstruction = WorkloadMetric.Ordinal("perf.cache_mpki");
    private static readonly int TlbMissesPerKiloInstruction = WorkloadMetric.Ordinal("perf.dtlb_mpki");
    private static readonly int BranchMissRatio = WorkloadMetric.Ordinal("perf.branch_miss_ratio");

    private readonly Dictionary<string, int> _places = [];
    private readonly (int Place, int Metric, double Scale)[] _direct;
    private readonly bool _hasTopDown;

    public PerfMetrics(PerfSupport support)
    {
        for (var i = 0; i < support.Events.Count; i++)
        {
            _places.Add(support.Events[i].Name, i);
        }

        _direct = [.. support.Events.Select((perfEvent, place) => (perfEvent, place))
            .Where(entry => MetricCatalogue.Current.OrdinalOf(EntityKind.Workload, entry.perfEvent.Name) is not null)
            .Select(entry => (entry.place, WorkloadMetric.Ordinal(entry.perfEvent.Name), entry.perfEvent.Scale))];
        _hasTopDown = _places.ContainsKey(TopDownEvents.Slots) || _places.ContainsKey(TopDownEvents.TotalSlots);
        Scales = [.. support.Events.Select(perfEvent => perfEvent.Scale)];
    }

    private double[] Scales { get; }

    /// <summary>Sets what is known of a tick.</summary>
    /// <param name="entity">The workload.</param>
    /// <param name="growth">Growth of the counters.</param>
    /// <param name="seconds">Time in which they grew.</param>
    public void SetOn(Entity entity, CounterGrowth growth, double seconds)
    {
        foreach (var (place, metric, scale) in _direct)
        {
            if (growth[place] is { } count)
            {
                entity.Set(metric, count * scale / seconds);
            }
        }

        var instructions = Growth(growth, "perf.instructions");
        var cycles = Growth(growth, "perf.cycles");
        SetRatio(entity, InstructionsPerCycle, instructions, cycles);
        SetRatio(entity, Frequency, cycles, Growth(growth, "perf.task_clock"));
        SetRatio(entity, CacheMissesPerKiloInstruction, 1000 * Growth(growth, "perf.cache_misses"), instructions);
        SetRatio(entity, TlbMissesPerKiloInstruction, 1000 * Growth(growth, "perf.dtlb.load_misses"), instructions);
        SetRatio(entity, BranchMissRatio, Growth(growth, "perf.branch_misses"), Growth(growth, "perf.branches"));
        if (_hasTopDown)
        {
            TopDownShares.SetOn(entity, name => Growth(growth, name));
        }
    }

    /// <summary>Growth of an event in its own unit; null when it is not counted or not known.</summary>
    private double? Growth(CounterGrowth growth, string name) => _places.TryGetValue(name, out var place) ? growth[place] * Scales[place] : null;

    private static void SetRatio(Entity entity, int metric, double? part, double? whole)
    {
        if (part is { } above && whole is > 0 and var below)
        {
            entity.Set(metric, above / below);
        }
    }
}
