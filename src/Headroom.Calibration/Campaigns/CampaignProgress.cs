namespace Headroom.Calibration.Campaigns;

/// <summary>How far a campaign is.</summary>
/// <param name="Done">Runs that are written down.</param>
/// <param name="Total">Runs of the plan.</param>
/// <param name="Next">The run that begins now.</param>
/// <param name="Attempt">1, or more when it was disturbed or failed before.</param>
public sealed record CampaignProgress(int Done, int Total, PlannedRun Next, int Attempt);
