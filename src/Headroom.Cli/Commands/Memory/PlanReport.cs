using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Planning;

namespace Headroom.Cli.Commands.Memory;

/// <summary>A placement plan in the shape of every report. Bytes are exact.</summary>
internal static class PlanReport
{
    public static Report Make(PlacementPlan plan, int seed) => new("plan memory", Machine.Read(), seed, [.. Figures(plan)], [.. Tables(plan)]);

    private static IEnumerable<Figure> Figures(PlacementPlan plan)
    {
        yield return new Figure("model.parameters", plan.Model.Parameters, "1");
        yield return new Figure("host.bytes", plan.HostBytes, "By");
        yield return Figure.Versus("gpu.bytes", plan.Gpu.Bytes, "By", "GPU memory", plan.Machine.Gpu.MemoryBytes);
        yield return Figure.Versus("gpu_without_offload.bytes", plan.GpuAlone.Bytes, "By", "GPU memory", plan.Machine.Gpu.MemoryBytes);
        yield return new Figure("dram_only.step_s", plan.DramOnlySeconds, "s");
        if (plan.Best is { } best)
        {
            yield return Figure.Versus("plan.step_s", best.StepSeconds!.Value, "s", "DRAM only", plan.DramOnlySeconds);
            yield return new Figure("plan.step_lower_s", best.StepInterval!.Value.Lower, "s");
            yield return new Figure("plan.step_upper_s", best.StepInterval!.Value.Upper, "s");
            yield return new Figure("plan.gpu_stall_s", best.Phases.Sum(phase => phase.StallSeconds), "s");
        }

        if (MachineComparison.Cheapest(plan) is { } cheapest)
        {
            yield return new Figure("cheapest.price", cheapest.Machine.PriceUsd, "{USD}");
        }
    }

    private static IEnumerable<Table> Tables(PlacementPlan plan)
    {
        yield return new Table("allocators", ["allocator", "fits", "step_s", "lower_s", "upper_s", "of_dram_only"], [.. plan.Placements.Select(one => (IReadOnlyList<object?>)
            [one.Allocator, one.Placement is null ? "no" : "yes", one.StepSeconds, one.StepInterval?.Lower, one.StepInterval?.Upper, one.ShareOfDramOnly])]);
        yield return new Table("placements", ["allocator", "tensor", "bytes", .. plan.Machine.Tiers.Select(tier => tier.Name)], [.. plan.Placements.Where(one => one.Placement is not null)
            .SelectMany(one => one.Placement!.Tensors.Select((tensor, index) => (IReadOnlyList<object?>)[one.Allocator, tensor.Name, tensor.Bytes, .. one.Placement.Bytes[index].Select(bytes => (object?)bytes)]))]);
        yield return new Table("tiers", ["allocator", "tier", "kind", "peak_bytes", "capacity_bytes"], [.. plan.Placements.Where(one => one.Placement is not null)
            .SelectMany(one => plan.Machine.Tiers.Select((tier, index) => (IReadOnlyList<object?>)[one.Allocator, tier.Name, $"{tier.Kind}".ToLowerInvariant(), one.Placement!.PeakBytes(index), tier.CapacityBytes]))]);
        yield return new Table("phases", ["allocator", "phase", "seconds", "bound_by", "gpu_stall_s"], [.. plan.Placements.SelectMany(one => one.Phases.Select(phase => (IReadOnlyList<object?>)[one.Allocator, phase.Name, phase.Seconds, phase.BoundBy, phase.StallSeconds]))]);
        yield return new Table("formulas", ["place", "term", "bytes", "formula", "numbers", "source"], [.. plan.Tensors.Select(tensor => ("host", tensor.Term)).Concat(plan.Gpu.Terms.Select(term => ("one GPU", term))).Concat(plan.GpuAlone.Terms.Select(term => ("one GPU without offload", term)))
            .Select(pair => (IReadOnlyList<object?>)[pair.Item1, pair.Item2.Name, pair.Item2.Bytes, pair.Item2.Formula, pair.Item2.Numbers, pair.Item2.Source])]);
        yield return new Table("how the step comes about", ["allocator", "phase", "resource", "seconds", "formula", "numbers"], [.. plan.Placements.SelectMany(one => one.Loads.Select(load => (IReadOnlyList<object?>)
            [one.Allocator, load.Phase, load.Resource, load.Seconds, load.Formula, load.Numbers]))]);
        yield return new Table("machines that fit", ["machine", "price_usd", "step_s", "of_dram_only"], [.. MachineComparison.ThatFit(plan).Take(8).Select(one => (IReadOnlyList<object?>)[one.Machine.Name, one.Machine.PriceUsd, one.StepSeconds, one.ShareOfDramOnly])]);
        yield return new Table("what limits", ["sentence"], [[plan.Limit]]);
        if (plan.Best is { } best)
        {
            yield return new Table("commands", ["what", "text"], [["numactl", PlanCommands.Numactl(plan, best)], ["DeepSpeed", PlanCommands.DeepSpeed(plan, best)]]);
        }
    }
}
