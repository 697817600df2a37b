namespace Headroom.Calibration.RunSets;

/// <summary>A run with its label.</summary>
/// <param name="Run">The run.</param>
/// <param name="Performance">Its speed as a share of what <see cref="AloneSpeeds"/> says of the same application and load alone: 1 is undisturbed.</param>
public sealed record LabelledRun(CalibrationRun Run, double Performance)
{
    /// <summary>Labels the runs whose application was also run alone under the same load; the others are left out.</summary>
    public static IReadOnlyList<LabelledRun> Label(IReadOnlyList<CalibrationRun> runs)
    {
        var alone = AloneSpeeds.Of(runs.Where(run => run.Neighbours.Count == 0).Select(run => new AloneRun(run.Application, run.Threads, run.RecordingFile, run.Speed)));
        return
        [
            .. runs.Select(run => (run, speed: alone.Find(run.Application, run.Threads, run.RecordingFile)))
                .Where(entry => entry.speed is not null)
                .Select(entry => new LabelledRun(entry.run, entry.run.Speed / entry.speed!.Value)),
        ];
    }
}
