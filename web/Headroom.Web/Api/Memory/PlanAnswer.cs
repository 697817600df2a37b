using Headroom.MemoryPlacement.Costs;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Steps;

namespace Headroom.Web.Api.Memory;

/// <summary>A plan as JSON: bytes, seconds, shares of 0 to 1.</summary>
/// <param name="Cheapest">The first of the machines that hold the run; null when none does.</param>
/// <param name="Machines">Machines of the catalogue that hold the run, the cheapest first.</param>
internal sealed record PlanAnswer(
    string Model, long Parameters, string Machine, double HostBytes, double GpuBytes, IReadOnlyList<FootprintTerm> HostTerms, IReadOnlyList<FootprintTerm> GpuTerms,
    double GpuAloneBytes, IReadOnlyList<FootprintTerm> GpuAloneTerms,
    double DramOnlyStepSeconds, string Limit, string? Best, IReadOnlyList<PlacementAnswer> Placements, MachineAnswer? Cheapest, IReadOnlyList<MachineAnswer> Machines, string ModelId, string CalibratedOn)
{
    public static PlanAnswer Of(PlacementPlan plan) => Of(plan, [.. MachineComparison.ThatFit(plan).Select(MachineAnswer.Of)]);

    private static PlanAnswer Of(PlacementPlan plan, IReadOnlyList<MachineAnswer> machines) => new(
        plan.Model.Name, plan.Model.Parameters, plan.Machine.Name, plan.HostBytes, plan.Gpu.Bytes, [.. plan.Tensors.Select(tensor => tensor.Term)], plan.Gpu.Terms,
        plan.GpuAlone.Bytes, plan.GpuAlone.Terms,
        plan.DramOnlySeconds, plan.Limit, plan.Best?.Allocator, [.. plan.Placements.Select(placed => PlacementAnswer.Of(plan, placed))],
        machines is [var cheapest, ..] ? cheapest : null, machines, CalibratedCosts.ModelId, CalibratedCosts.Default.Source);
}

/// <summary>One allocator's answer.</summary>
internal sealed record PlacementAnswer(
    string Allocator, bool Fits, double? StepSeconds, double? StepLowerSeconds, double? StepUpperSeconds, double Level, double? ShareOfDramOnly,
    IReadOnlyList<PhaseTime> Phases, IReadOnlyList<LoadTime> Loads, IReadOnlyList<TierAnswer> Tiers, string? Numactl, string? DeepSpeed)
{
    public static PlacementAnswer Of(PlacementPlan plan, PlannedPlacement placed) => new(
        placed.Allocator, placed.Placement is not null, placed.StepSeconds, placed.StepInterval?.Lower, placed.StepInterval?.Upper, CostTask<AdamRow>.Level, placed.ShareOfDramOnly, placed.Phases, placed.Loads,
        placed.Placement is not { } placement ? [] :
        [
            .. plan.Machine.Tiers.Select((tier, index) => new TierAnswer(
                tier.Name, $"{tier.Kind}".ToLowerInvariant(), tier.NumaNode, placement.PeakBytes(index), tier.CapacityBytes, placement.Reserved[index],
                placement.Tensors.Select((tensor, at) => (tensor.Name, Bytes: placement.Bytes[at][index])).Where(one => one.Bytes > 0).ToDictionary(one => one.Name, one => one.Bytes))),
        ],
        placed.Placement is null ? null : PlanCommands.Numactl(plan, placed), placed.Placement is null ? null : PlanCommands.DeepSpeed(plan, placed));
}

/// <summary>What one tier holds.</summary>
internal sealed record TierAnswer(string Name, string Kind, int? NumaNode, double PeakBytes, double CapacityBytes, double FrameworkBytes, IReadOnlyDictionary<string, long> Tensors);

/// <summary>A machine to buy.</summary>
internal sealed record MachineAnswer(string Name, double? PriceUsd, double StepSeconds, double ShareOfDramOnly, string Source)
{
    public static MachineAnswer Of(FittingMachine one) => new(one.Machine.Name, one.Machine.PriceUsd, one.StepSeconds, one.ShareOfDramOnly, one.Machine.Source);
}
