using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Steps;
using Headroom.MemoryPlacement.Tiers;
using Headroom.Learning.Conformal;

namespace Headroom.MemoryPlacement.Planning;

/// <summary>Where tensors go by one allocator, and what it costs.</summary>
/// <param name="Allocator">Its name.</param>
/// <param name="Placement">The placement; null when this allocator finds none that fits.</param>
/// <param name="StepSeconds">Predicted step time.</param>
/// <param name="StepInterval">Its interval at 90 %, given the stated GPU utilisation.</param>
/// <param name="Phases">Its phases.</param>
/// <param name="ShareOfDramOnly">Throughput as a share of DRAM-only, 0 to 1.</param>
/// <param name="Loads">What every resource does in every phase, with its formula.</param>
public sealed record PlannedPlacement(
    string Allocator, Placement? Placement, double? StepSeconds, Interval? StepInterval, IReadOnlyList<PhaseTime> Phases, double? ShareOfDramOnly, IReadOnlyList<LoadTime> Loads);

/// <summary>A whole answer.</summary>
/// <param name="Model">The model.</param>
/// <param name="Run">How it trains.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Tensors">What the host holds.</param>
/// <param name="Gpu">What one GPU holds.</param>
/// <param name="GpuAlone">What one GPU would hold without offload, with the run's ZeRO stage and degrees.</param>
/// <param name="DramOnlySeconds">Step time if DRAM were large enough.</param>
/// <param name="DramOnlyPhases">Its phases.</param>
/// <param name="Placements">Every allocator's answer, ours last.</param>
/// <param name="Limit">What limits, in one sentence.</param>
public sealed record PlacementPlan(
    ModelShape Model, TrainingRun Run, MachineSpec Machine, IReadOnlyList<HostTensor> Tensors, Footprint Gpu, Footprint GpuAlone,
    double DramOnlySeconds, IReadOnlyList<PhaseTime> DramOnlyPhases, IReadOnlyList<PlannedPlacement> Placements, string Limit)
{
    /// <summary>The fastest placement that fits.</summary>
    public PlannedPlacement? Best => Placements.Where(one => one.StepSeconds is not null).MinBy(one => one.StepSeconds);

    public double HostBytes => Tensors.Sum(tensor => (double)tensor.Bytes) + Machine.OverheadBytes;
}
