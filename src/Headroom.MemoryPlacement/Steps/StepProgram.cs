using Headroom.MemoryPlacement.Allocators;

namespace Headroom.MemoryPlacement.Steps;

public enum LoadKind
{
    /// <summary>The optimizer's or a conversion's traffic of the CPU.</summary>
    CpuStream,

    /// <summary>A copy between host and GPUs.</summary>
    GpuCopy,
}

/// <summary>Work of one resource in one phase: a constant, and seconds for the whole of a tensor on a tier, taken by its share there.</summary>
/// <param name="Resource">What is busy, for example "cxl0 to GPU".</param>
/// <param name="Kind">Which cost model its error comes from.</param>
/// <param name="FixedSeconds">Seconds whatever the placement.</param>
/// <param name="SecondsPerShare">Tensor x tier, seconds.</param>
public sealed record StepLoad(string Resource, LoadKind Kind, double FixedSeconds, double[][] SecondsPerShare)
{
    public double Seconds(double[][] shares)
    {
        var seconds = FixedSeconds;
        for (var tensor = 0; tensor < shares.Length; tensor++)
        {
            for (var tier = 0; tier < shares[tensor].Length; tier++)
            {
                seconds += SecondsPerShare[tensor][tier] * shares[tensor][tier];
            }
        }

        return seconds;
    }
}

/// <summary>A phase lasts as long as its slowest part: the GPU's computing or one of its loads; they overlap.</summary>
public sealed record StepPhase(string Name, double ComputeSeconds, IReadOnlyList<StepLoad> Loads);

/// <summary>How long one phase takes under a placement, and what decides it.</summary>
/// <param name="Name">Phase.</param>
/// <param name="Seconds">Its time.</param>
/// <param name="BoundBy">The slowest part: "GPU compute" or a resource.</param>
/// <param name="StallSeconds">Time the GPU waits in it.</param>
public sealed record PhaseTime(string Name, double Seconds, string BoundBy, double StallSeconds);

/// <summary>A step as phases after each other; linear in the shares within each load, so that it can be optimised exactly.</summary>
public sealed record StepProgram(IReadOnlyList<StepPhase> Phases)
{
    public const string Compute = "GPU compute";

    /// <param name="placement">Where tensors are.</param>
    /// <param name="cpuFactor">Factor on CPU streams, 1 for the prediction itself.</param>
    /// <param name="copyFactor">Factor on copies.</param>
    public IReadOnlyList<PhaseTime> Times(Placement placement, double cpuFactor = 1, double copyFactor = 1)
    {
        var shares = placement.Shares();
        return [.. Phases.Select(phase =>
        {
            var (seconds, bound) = (phase.ComputeSeconds, Compute);
            foreach (var load in phase.Loads)
            {
                var busy = load.Seconds(shares) * (load.Kind == LoadKind.CpuStream ? cpuFactor : copyFactor);
                if (busy > seconds)
                {
                    (seconds, bound) = (busy, load.Resource);
                }
            }

            return new PhaseTime(phase.Name, seconds, bound, seconds - phase.ComputeSeconds);
        })];
    }

    public double Seconds(Placement placement, double cpuFactor = 1, double copyFactor = 1) => Times(placement, cpuFactor, copyFactor).Sum(phase => phase.Seconds);
}
