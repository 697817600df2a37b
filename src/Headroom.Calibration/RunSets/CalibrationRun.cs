namespace Headroom.Calibration.RunSets;

/// <summary>One run of a campaign: who ran, beside whom, and how fast it was.</summary>
/// <param name="RunId">Number of the run in its campaign; frames of its workloads carry it in their cgroup's name.</param>
/// <param name="Application">The one that was measured.</param>
/// <param name="Threads">Its load, in threads or connections.</param>
/// <param name="Neighbours">What ran beside it; empty when it was alone.</param>
/// <param name="StartedAt">Start of the measured window.</param>
/// <param name="EndedAt">End of the measured window.</param>
/// <param name="Speed">Mean speed over the window.</param>
/// <param name="Unit">Unit of the speed.</param>
/// <param name="OutsideCores">Cores that anything else on the machine used meanwhile, on average.</param>
/// <param name="TargetKey">Key of the measured workload's entity in the frames.</param>
/// <param name="RecordingFile">File of the set that holds the frames.</param>
public sealed record CalibrationRun(
    int RunId,
    string Application,
    int Threads,
    IReadOnlyList<Neighbour> Neighbours,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    double Speed,
    string Unit,
    double OutsideCores,
    string TargetKey,
    string RecordingFile)
{
    /// <summary>The mix of the run without its order: runs of one composition belong on the same side of a split.</summary>
    public string Composition => Neighbours.Count == 0 ? "alone" : string.Join("+", Neighbours.Select(neighbour => neighbour.ToString()).Order(StringComparer.Ordinal));
}
