using Headroom.Calibration.RunSets;

namespace Headroom.Calibration.Campaigns;

/// <summary>A run that a campaign will make.</summary>
/// <param name="RunId">Its number.</param>
/// <param name="Application">The one to measure.</param>
/// <param name="Threads">Its load.</param>
/// <param name="Neighbours">What to run beside it.</param>
public sealed record PlannedRun(int RunId, string Application, int Threads, IReadOnlyList<Neighbour> Neighbours);
