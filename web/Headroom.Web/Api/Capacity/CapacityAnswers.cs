using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;

namespace Headroom.Web.Api.Capacity;

/// <summary>One recommendation with its place in the ledger.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">fresh, expired, or withdrawn.</param>
/// <param name="WithdrawnReason">Why it must not be followed; null while it may.</param>
/// <param name="JudgedAt">When it was held against what came; null before.</param>
/// <param name="Outcomes">What came of it, per resource; empty before it was judged.</param>
/// <param name="Snapshot">Address of the ZIP file of its inputs.</param>
/// <param name="Recommendation">The recommendation.</param>
internal sealed record RecommendationAnswer(
    Guid Id, string State, string? WithdrawnReason, DateTimeOffset? JudgedAt, IReadOnlyList<OutcomeAnswer> Outcomes, string Snapshot, Recommendation Recommendation)
{
    public static RecommendationAnswer Of(CapacityEntry entry, DateTimeOffset now) => new(
        entry.AdviceId,
        StateOf(entry, now),
        entry.WithdrawnReason,
        entry.JudgedAt,
        [.. entry.Outcomes.OrderBy(outcome => outcome.Resource, StringComparer.Ordinal)
            .Select(outcome => new OutcomeAnswer(outcome.Resource, outcome.Advised, outcome.Peak, outcome.Windows, outcome.Violations))],
        $"/api/v1/recommendations/{entry.AdviceId}/snapshot",
        RecommendationSnapshot.Parse(entry.Recommendation));

    public static string StateOf(CapacityEntry entry, DateTimeOffset now) =>
        entry.WithdrawnReason is not null ? "withdrawn" : entry.ExpiresAt <= now ? "expired" : "fresh";
}

/// <summary>What came of advice; amounts in cores or GiB.</summary>
/// <param name="Resource">cpu or memory.</param>
/// <param name="Advised">What was advised.</param>
/// <param name="Peak">Highest use while it held; null when no telemetry came.</param>
/// <param name="Windows">Windows with telemetry.</param>
/// <param name="Violations">Windows that exceeded it.</param>
internal sealed record OutcomeAnswer(string Resource, double Advised, double? Peak, int Windows, int Violations);

/// <summary>The newest recommendation of every host, and all of them together.</summary>
/// <param name="Pool">All hosts whose advice may be followed now, whatever part of the list is asked for.</param>
/// <param name="Hosts">This part of the hosts.</param>
/// <param name="Next">Pass as <c>after</c> to get the next part; null at the end.</param>
internal sealed record RecommendationsAnswer(IReadOnlyList<PoolAdvice> Pool, IReadOnlyList<RecommendationAnswer> Hosts, int? Next);
