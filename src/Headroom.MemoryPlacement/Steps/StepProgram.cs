using System.Globalization;
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
/// <param name="BytesPerSecond">What the resource carries.</param>
/// <param name="Tier">The tier it belongs to; shares on others only disturb it. -1 for a link.</param>
public sealed record StepLoad(string Resource, LoadKind Kind, double FixedSeconds, double[][] SecondsPerShare, double BytesPerSecond, int Tier)
{
    private const double Gigabyte = 1e9;

    /// <summary>Its time with these shares, with the formula and its numbers.</summary>
    public LoadTime Time(string phase, double[][] shares)
    {
        var seconds = Seconds(shares);
        var own = Tier < 0 ? seconds : shares.Select((row, tensor) => SecondsPerShare[tensor][Tier] * row[Tier]).Sum();
        var stream = string.Create(CultureInfo.InvariantCulture, $"{own * BytesPerSecond:N0} B / {BytesPerSecond / Gigabyte:0.0} GB/s");
        if (Kind == LoadKind.GpuCopy)
        {
            return new LoadTime(phase, Resource, seconds, "bytes of the tensors' shares / bandwidth", stream);
        }

        var disturbed = Math.Max(0, seconds - FixedSeconds - own);
        return new LoadTime(
            phase, Resource, seconds, "start and wait + traffic of the tensors' shares / bandwidth + what other ranks' traffic in DRAM adds",
            string.Create(CultureInfo.InvariantCulture, $"{FixedSeconds:0.####} s + {stream} + {disturbed:0.####} s"));
    }

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
/// <param name="ComputeNumbers">How the GPU's time comes about.</param>
public sealed record StepPhase(string Name, double ComputeSeconds, IReadOnlyList<StepLoad> Loads, string ComputeNumbers = "");

/// <summary>What one resource does in one phase: opens into its formula.</summary>
public sealed record LoadTime(string Phase, string Resource, double Seconds, string Formula, string Numbers);

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

    /// <summary>Every part of every phase with its formula; a phase lasts as long as its longest part.</summary>
    public IReadOnlyList<LoadTime> Loads(Placement placement)
    {
        var shares = placement.Shares();
        return
        [
            .. Phases.SelectMany(phase => phase.Loads.Select(load => load.Time(phase.Name, shares))
                .Prepend(new LoadTime(phase.Name, Compute, phase.ComputeSeconds, "FLOP per token x tokens of one GPU / (peak x utilisation)", phase.ComputeNumbers)))
                .Where(load => load.Seconds > 0),
        ];
    }

    public double Seconds(Placement placement, double cpuFactor = 1, double copyFactor = 1) => Times(placement, cpuFactor, copyFactor).Sum(phase => phase.Seconds);
}
