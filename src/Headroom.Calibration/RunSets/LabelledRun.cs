namespace Headroom.Calibration.RunSets;

/// <summary>A run with its label.</summary>
/// <param name="Run">The run.</param>
/// <param name="Performance">What <see cref="AloneSpeeds"/> makes of its speed: 1 is undisturbed.</param>
public sealed record LabelledRun(CalibrationRun Run, double Performance)
{
    /// <summary>Labels the runs whose application was also run alone under the same load; the others are left out.</summary>
    public static IReadOnlyList<LabelledRun> Label(IReadOnlyList<CalibrationRun> runs)
    {
        var alone = AloneSpeeds.Of(runs.Where(run => run.Neighbours.Count == 0).Select(Speed));
        return [.. runs.Select(run => (run, performance: alone.Performance(Speed(run)))).Where(entry => entry.performance is not null).Select(entry => new LabelledRun(entry.run, entry.performance!.Value))];
    }

    private static MeasuredSpeed Speed(CalibrationRun run) => new(run.Application, run.Threads, run.RecordingFile, run.Speed);
}
