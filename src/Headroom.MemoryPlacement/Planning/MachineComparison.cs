using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Planning;

/// <summary>A machine of the catalogue that holds a run.</summary>
public sealed record FittingMachine(MachineSpec Machine, double StepSeconds, double ShareOfDramOnly);

/// <summary>Which machines of the catalogue would do for a plan's run, with the same GPUs, cheapest first.</summary>
public static class MachineComparison
{
    private static readonly IReadOnlyList<IPlacementAllocator> Quick = [new LocalOnlyAllocator(), new CxlAwareAllocator()];

    public static IReadOnlyList<FittingMachine> ThatFit(PlacementPlan plan) =>
    [
        .. from machine in MachineCatalogue.With(plan.Machine.Gpu)
           let best = PlacementPlanner.Default.Plan(plan.Model, plan.Run, machine, Quick).Best
           where best is not null
           select new FittingMachine(machine, best.StepSeconds!.Value, best.ShareOfDramOnly!.Value),
    ];

    public static FittingMachine? Cheapest(PlacementPlan plan) => ThatFit(plan) is [var first, ..] ? first : null;
}
