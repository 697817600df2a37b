namespace Headroom.Jobs.Shadow;

/// <summary>Whose challenger in the shadow to decide about.</summary>
/// <param name="Model">Name of the model.</param>
public sealed record ShadowDecisionRequest(string Model);

/// <summary>What became of it.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Decided">Whether it left the shadow.</param>
/// <param name="Promoted">Whether it answers now.</param>
/// <param name="Summary">The same in plain words.</param>
/// <param name="VersionId">The challenger; null when none is in the shadow.</param>
/// <param name="Labels">Labels of live windows that both predicted.</param>
/// <param name="Windows">Live windows that both answered.</param>
public sealed record ShadowDecisionAnswer(string Model, bool Decided, bool Promoted, string Summary, int? VersionId = null, int Labels = 0, long Windows = 0);
