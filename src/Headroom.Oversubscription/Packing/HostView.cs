using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Packing;

/// <summary>A host as packing sees it: its workloads over the hours of a day, and how much of it may be used.</summary>
internal sealed class HostView
{
    public HostView(RecommendationSnapshot snapshot)
    {
        var inputs = snapshot.Inputs;
        var (cpu, memory) = (inputs.Resources.Single(past => past.Resource == Resource.Cpu), inputs.Resources.Single(past => past.Resource == Resource.Memory));
        (HostId, Name) = (inputs.HostId, inputs.Host);
        IsCold = snapshot.Recommendation.Resources.Any(advice => advice.IsCold);
        System = new SlotUse(Sum(inputs, cpu, workload => workload.Key.Length == 0), Sum(inputs, memory, workload => workload.Key.Length == 0));
        Machines = [.. cpu.Workloads.Where(workload => workload.Key.Length > 0 && Lives(inputs, workload)).Select(workload => new PackingMachine(
            workload.Name, inputs.HostId, new SlotUse(Need(inputs, workload), NeedOf(inputs, memory, workload.Key))))];
        All = Machines.Aggregate(System, (sum, machine) => sum + machine.Need);
        Limit = SlotUse.Flat(Usable(inputs, cpu, snapshot.Recommendation), Usable(inputs, memory, snapshot.Recommendation));
    }

    public int HostId { get; }

    public string Name { get; }

    public bool IsCold { get; }

    /// <summary>What belongs to no workload and stays.</summary>
    public SlotUse System { get; }

    public IReadOnlyList<PackingMachine> Machines { get; }

    public SlotUse All { get; }

    public SlotUse Limit { get; }

    /// <summary>Capacity, less the margin that the host's advice keeps above the joint use of its past.</summary>
    private static double Usable(RecommendationInputs inputs, ResourcePast past, Recommendation recommendation)
    {
        var advice = recommendation.For(past.Resource);
        var seen = CapacityMoves.HighUse(past.Workloads, inputs);
        return advice.IsCold || advice.Advised <= seen ? past.Capacity : past.Capacity * seen / advice.Advised;
    }

    private static bool Lives(RecommendationInputs inputs, WorkloadUse workload) => workload.FirstWindow + workload.Used.Length >= inputs.Windows;

    /// <summary>A workload younger than the cold start counts as its limit, if it has one.</summary>
    private static double[] Need(RecommendationInputs inputs, WorkloadUse workload)
    {
        var isCold = (inputs.Windows - workload.FirstWindow) * inputs.WindowSeconds < inputs.Settings.ColdStart.TotalSeconds;
        return isCold && workload.Limit is { } limit
            ? [.. Enumerable.Repeat(limit, SlotUse.Slots)]
            : SlotUse.Peaks(workload.Used, workload.FirstWindow, inputs.Windows, inputs.WindowSeconds);
    }

    private static double[] NeedOf(RecommendationInputs inputs, ResourcePast past, string key) =>
        past.Workloads.FirstOrDefault(workload => workload.Key == key) is { } found ? Need(inputs, found) : new double[SlotUse.Slots];

    private static double[] Sum(RecommendationInputs inputs, ResourcePast past, Func<WorkloadUse, bool> which) => past.Workloads.Where(which)
        .Select(workload => SlotUse.Peaks(workload.Used, workload.FirstWindow, inputs.Windows, inputs.WindowSeconds))
        .Aggregate(new double[SlotUse.Slots], (sum, use) => [.. sum.Zip(use, (one, other) => one + other)]);
}
