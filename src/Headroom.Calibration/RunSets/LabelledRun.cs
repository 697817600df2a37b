namespace Headroom.Calibration.RunSets;

/// <summary>A run with its label.</summary>
/// <param name="Run">The run.</param>
/// <param name="Performance">Its speed as a share of the median speed of the same application and load alone: 1 is undisturbed.</param>
public sealed record LabelledRun(CalibrationRun Run, double Performance)
{
    /// <summary>Labels the runs whose application was also run alone under the same load; the others are left out.</summary>
    public static IReadOnlyList<LabelledRun> Label(IReadOnlyList<CalibrationRun> runs)
    {
        var alone = runs.Where(run => run.Neighbours.Count == 0)
            .GroupBy(run => (run.Application, run.Threads))
            .ToDictionary(group => group.Key, group => Median([.. group.Select(run => run.Speed).Order()]));
        return
        [
            .. runs.Where(run => alone.GetValueOrDefault((run.Application, run.Threads)) > 0)
                .Select(run => new LabelledRun(run, run.Speed / alone[(run.Application, run.Threads)])),
        ];
    }

    private static double Median(IReadOnlyList<double> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
}
