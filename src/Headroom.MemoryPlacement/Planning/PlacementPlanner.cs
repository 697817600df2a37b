using Headroom.Learning.Conformal;
using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Costs;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Steps;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Planning;

/// <summary>Plans where the tensors of offloaded training live on a machine.</summary>
public sealed class PlacementPlanner(CalibratedCosts costs)
{
    private const string Streaming = "streaming";
    private const string LargeCopies = "64 MiB and more";

    /// <summary>Plans with the calibration that comes with the product.</summary>
    public static PlacementPlanner Default { get; } = new(CalibratedCosts.Default);

    /// <param name="allocators">Which to try; null for all.</param>
    /// <exception cref="MemoryInputException">The run is out of range or asks for more GPUs than the machine has.</exception>
    public PlacementPlan Plan(ModelShape model, TrainingRun run, MachineSpec machine, IReadOnlyList<IPlacementAllocator>? allocators = null)
    {
        if (run.Checked().Gpus > machine.Gpu.Count)
        {
            throw new MemoryInputException($"Expected at most the {machine.Gpu.Count} GPU(s) of {machine.Name}, got {run.Gpus}.");
        }

        var problem = Problem(model, run, machine);
        var baseline = LocalOnlyAllocator.Unlimited(problem);
        var dramOnly = problem.Steps.Times(baseline);
        var seconds = dramOnly.Sum(phase => phase.Seconds);
        var placements = (allocators ?? PlacementAllocators.All).Select(allocator => Priced(allocator.Name, allocator.Allocate(problem), problem.Steps, seconds)).ToArray();
        var plan = new PlacementPlan(model, run, machine, problem.Tensors, GpuFootprint.Offloaded(model, run), GpuFootprint.Training(model, run), seconds, dramOnly, placements, "");
        return plan with { Limit = Limits.Sentence(plan) };
    }

    public PlacementProblem Problem(ModelShape model, TrainingRun run, MachineSpec machine)
    {
        var tensors = HostTensors.Of(model, run);
        return new PlacementProblem(tensors, machine.Tiers, Overhead(machine), TrainingStep.Of(model, run, machine, tensors, costs));
    }

    private PlannedPlacement Priced(string allocator, Placement? placement, StepProgram steps, double dramOnlySeconds)
    {
        if (placement is null)
        {
            return new PlannedPlacement(allocator, null, null, null, [], null, []);
        }

        var phases = steps.Times(placement);
        var seconds = phases.Sum(phase => phase.Seconds);
        var (cpu, copy) = (Math.Exp(costs.AdamInterval.HalfWidth(Streaming)), Math.Exp(costs.CopyInterval.HalfWidth(LargeCopies)));
        var interval = new Interval(steps.Seconds(placement, 1 / cpu, 1 / copy), steps.Seconds(placement, cpu, copy));
        return new PlannedPlacement(allocator, placement, seconds, interval, phases, dramOnlySeconds / seconds, steps.Loads(placement));
    }

    /// <summary>The framework's own memory is kept out of the way: on the cards in equal parts, or in DRAM where there are none.</summary>
    private static double[] Overhead(MachineSpec machine)
    {
        var away = machine.Tiers.Any(tier => tier.Kind == TierKind.Cxl) ? TierKind.Cxl : TierKind.Dram;
        var total = machine.Tiers.Where(tier => tier.Kind == away).Sum(tier => tier.CapacityBytes);
        return [.. machine.Tiers.Select(tier => tier.Kind == away ? machine.OverheadBytes * tier.CapacityBytes / total : 0)];
    }
}
