using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>How much more may be promised on a host.</summary>
public sealed class CapacityRoomSignal(CapacityPast ledger) : IAlertSignal
{
    public string Name => "capacity-room";

    public string Title => "Reclaimable capacity";

    public string Meaning =>
        "Share of a host that nobody needs until its advice expires, the smaller of CPU and memory; below 0 its workloads are predicted to need more than it has. Missing while its advice is withdrawn or has expired.";

    public bool UsesWindow => false;

    public string? PastNote => null;

    public string UnitOf(AlertRuleRow rule) => "1";

    public string? Problem(AlertRuleRow rule) => null;

    public Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken) => ledger.ReadAsync(rule, now, Room, cancellationToken);

    public IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, CancellationToken cancellationToken) => ledger.PastAsync(rule, past, Room, cancellationToken);

    // What is over is told by how much; what is full for another reason, such as interference, has no room.
    private static double? Room(CapacityEntry entry) =>
        entry.WithdrawnReason is null && RecommendationSnapshot.Parse(entry.Recommendation).Resources is { Count: > 0 } resources
            ? resources.Min(advice => advice.IsOver ? advice.Room : advice.Reclaimable / advice.Capacity)
            : null;
}
