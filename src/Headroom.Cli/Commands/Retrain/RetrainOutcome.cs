using Headroom.Jobs.Retraining;

namespace Headroom.Cli.Commands.Retrain;

/// <summary>What the scenario measured.</summary>
/// <param name="Answer">Answer of the job.</param>
/// <param name="Load">Predictions that were asked for meanwhile.</param>
/// <param name="JobSeconds">From asking for the job to its end.</param>
/// <param name="SwapSeconds">From the decision to the first prediction by the challenger.</param>
/// <param name="RollBackSeconds">From the order to the first prediction by the champion before.</param>
/// <param name="Steps">What happened, in plain words.</param>
internal sealed record RetrainOutcome(RetrainAnswer Answer, LoadResult Load, double JobSeconds, double SwapSeconds, double RollBackSeconds, IReadOnlyList<string> Steps);

/// <summary>What became of the predictions that were asked for over HTTP.</summary>
/// <param name="Answered">With an answer.</param>
/// <param name="Failed">Without.</param>
/// <param name="ByChallenger">Answered by the challenger.</param>
/// <param name="FirstFailure">Why the first one failed.</param>
internal sealed record LoadResult(long Answered, long Failed, long ByChallenger, string? FirstFailure);
