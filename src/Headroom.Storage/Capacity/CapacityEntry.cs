using Headroom.Storage.Model;

namespace Headroom.Storage.Capacity;

/// <summary>A line of the ledger without its snapshot; see <see cref="CapacityAdviceRow"/>.</summary>
public sealed record CapacityEntry(
    Guid AdviceId,
    int HostId,
    DateTimeOffset MadeAt,
    DateTimeOffset ExpiresAt,
    bool IsCold,
    double Risk,
    string Recommendation,
    string? WithdrawnReason,
    DateTimeOffset? JudgedAt,
    IReadOnlyList<CapacityOutcomeRow> Outcomes);

/// <summary>How often advice on a resource was exceeded.</summary>
/// <param name="Resource"><c>cpu</c> or <c>memory</c>.</param>
/// <param name="Windows">Windows with telemetry.</param>
/// <param name="Violations">Windows that exceeded the advice.</param>
public sealed record CapacityCoverage(string Resource, int Windows, int Violations);
