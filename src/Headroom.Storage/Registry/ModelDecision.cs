using Headroom.Storage.Model;

namespace Headroom.Storage.Registry;

/// <summary>What somebody decided about a version; see <see cref="ModelDecisionRow"/>.</summary>
/// <param name="Verdict">What.</param>
/// <param name="By">Who or what decided.</param>
/// <param name="Reason">Why, in plain words.</param>
/// <param name="Numbers">The numbers of the rule, a JSON object.</param>
/// <param name="WorkId">The job that decided.</param>
public sealed record ModelDecision(ModelVerdict Verdict, string By, string Reason, string? Numbers = null, Guid? WorkId = null);
