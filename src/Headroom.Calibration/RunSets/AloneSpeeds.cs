namespace Headroom.Calibration.RunSets;

/// <summary>How fast something ran.</summary>
/// <param name="Application">What ran.</param>
/// <param name="Threads">Its load.</param>
/// <param name="Recording">When: runs of one recording were made in one go.</param>
/// <param name="Speed">How fast it was.</param>
public sealed record MeasuredSpeed(string Application, int Threads, string Recording, double Speed);

/// <summary>
/// How fast an application is alone: what a run beside neighbours is held against. A machine that is itself a guest keeps another pace on another day, by half and more, so a run is
/// held against the runs alone of its own recording, and only where that has none of the same load against those of recordings that kept the same pace.
/// </summary>
public sealed class AloneSpeeds
{
    /// <summary>Two recordings kept the same pace while the median load alone differed by no more than this, as a share: about what two runs alone of one recording differ by.</summary>
    private const double PaceTolerance = 0.2;

    private readonly Dictionary<string, Dictionary<(string Application, int Threads), double>> _recordings;

    private AloneSpeeds(Dictionary<string, Dictionary<(string Application, int Threads), double>> recordings) => _recordings = recordings;

    /// <param name="runs">All runs alone of a campaign.</param>
    public static AloneSpeeds Of(IEnumerable<MeasuredSpeed> runs) => new(runs.GroupBy(run => run.Recording).ToDictionary(
        recording => recording.Key,
        recording => recording.GroupBy(run => (run.Application, run.Threads)).ToDictionary(load => load.Key, load => Median(load.Select(run => run.Speed)))));

    /// <summary>
    /// Performance of a run: its speed as a share of the median speed alone, at most 1; null where nothing comparable ran alone. A run that neighbours made faster
    /// (they keep an idle CPU awake) suffers nothing from them.
    /// </summary>
    public double? Performance(MeasuredSpeed run) => Alone(run) is > 0 and var speed ? Math.Min(run.Speed / speed, 1) : null;

    private double? Alone(MeasuredSpeed run)
    {
        var load = (run.Application, run.Threads);
        var own = _recordings.GetValueOrDefault(run.Recording) ?? [];
        if (own.TryGetValue(load, out var speed))
        {
            return speed;
        }

        var others = _recordings.Values.Where(other => other.ContainsKey(load) && KeptSamePace(own, other)).Select(other => other[load]).ToArray();
        return others.Length > 0 ? Median(others) : null;
    }

    // Recordings without a load in common are not known to differ.
    private static bool KeptSamePace(Dictionary<(string, int), double> own, Dictionary<(string, int), double> other)
    {
        var differences = own.Where(load => load.Value > 0 && other.GetValueOrDefault(load.Key) > 0).Select(load => Math.Abs(Math.Log(load.Value / other[load.Key]))).ToArray();
        return differences.Length == 0 || Median(differences) <= Math.Log(1 + PaceTolerance);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
