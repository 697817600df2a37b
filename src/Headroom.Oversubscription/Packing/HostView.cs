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
        var (cores, gibibytes) = (new SlotShares(inputs, cpu), new SlotShares(inputs, memory));
        System = new SlotUse(cores.Of(""), gibibytes.Of(""));
        Machines = [.. cpu.Workloads.Where(workload => workload.Key.Length > 0 && SlotShares.Lives(inputs, workload))
            .Select(workload => new PackingMachine(workload.Name, inputs.HostId, new SlotUse(cores.Of(workload.Key), gibibytes.Of(workload.Key))))];
        All = Machines.Aggregate(System, (sum, machine) => sum + machine.Need);
        // Nothing joins a host whose workloads already run slower than they were promised.
        Limit = snapshot.Recommendation.BindingConstraint == InterferenceGuard.Name
            ? All
            : SlotUse.Flat(Usable(inputs, cpu, snapshot.Recommendation), Usable(inputs, memory, snapshot.Recommendation));
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
}
