using System.Globalization;
using Headroom.MemoryPlacement.Steps;

namespace Headroom.MemoryPlacement.Planning;

/// <summary>What limits a plan, in one sentence.</summary>
internal static class Limits
{
    private const double Gibibyte = 1L << 30;

    public static string Sentence(PlacementPlan plan)
    {
        if (plan.Gpu.Bytes > plan.Machine.Gpu.MemoryBytes)
        {
            var largest = plan.Gpu.Terms.MaxBy(term => term.Bytes)!;
            return Text($"GPU memory limits: {plan.Gpu.Bytes / Gibibyte:F1} GiB are needed and {plan.Machine.Gpu.MemoryBytes / Gibibyte:F0} GiB are there; {largest.Name} take {largest.Bytes / Gibibyte:F1} GiB.");
        }

        if (plan.Best is not { } best)
        {
            var room = plan.Machine.Tiers.Sum(tier => tier.CapacityBytes);
            return Text($"Host memory limits: {plan.HostBytes / Gibibyte:F0} GiB are needed and {room / Gibibyte:F0} GiB are there over {plan.Machine.Tiers.Count} tier(s).");
        }

        var slowest = best.Phases.MaxBy(phase => phase.Seconds)!;
        var bound = slowest.BoundBy == StepProgram.Compute ? "the GPU's computing, at the stated utilisation" : slowest.BoundBy;
        return Text($"The {slowest.Name} phase limits: it takes {slowest.Seconds:F2} s of {best.StepSeconds:F2} s, decided by {bound}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
