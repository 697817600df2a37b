using System.Diagnostics;
using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Evaluation;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.Cli.Commands.Memory;

/// <summary>How long a plan for a 12B model at 32K context takes to answer.</summary>
internal static class PlanTimes
{
    private const int Repeats = 9;

    public static IEnumerable<Figure> Measure()
    {
        yield return Figure.Versus("plan.heuristic_ms", Median([new CxlAwareAllocator()]), "ms", "limit", 200);
        yield return Figure.Versus("plan.optimal_ms", Median(PlacementAllocators.All), "ms", "limit", 2_000);
    }

    private static double Median(IReadOnlyList<IPlacementAllocator> allocators)
    {
        var machine = MachineCatalogue.Of(GpuCatalogue.Named("RTX 5090", 2), CxlEvaluation.DramGibibytes, 2, CxlEvaluation.CxlGibibytes / 2);
        var times = new double[Repeats];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var start = Stopwatch.GetTimestamp();
            PlacementPlanner.Default.Plan(SampleModels.Read("mistral-nemo-12b"), new TrainingRun(1, 32_768, 2), machine, allocators);
            times[repeat] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times.Order().ElementAt(Repeats / 2);
    }
}
