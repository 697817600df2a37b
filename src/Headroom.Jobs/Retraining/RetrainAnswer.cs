using Headroom.Learning.Promotion;

namespace Headroom.Jobs.Retraining;

/// <summary>What became of a retraining.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Promoted">The challenger answers now.</param>
/// <param name="Summary">The same in plain words.</param>
/// <param name="ChallengerId">Its version in the registry.</param>
/// <param name="ChallengerNumber">Its number.</param>
/// <param name="ChampionId">Version of the champion it was held against; null when there was none.</param>
/// <param name="ChampionNumber">Its number.</param>
/// <param name="Verdict">The rule with its numbers; null when nothing was compared.</param>
public sealed record RetrainAnswer(
    string Model, bool Promoted, string Summary, int ChallengerId, int ChallengerNumber, int? ChampionId, int? ChampionNumber, PromotionVerdict? Verdict);
