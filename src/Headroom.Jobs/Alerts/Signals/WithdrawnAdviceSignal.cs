using Headroom.Storage.Capacity;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>Whether the capacity advice of a host must not be followed.</summary>
public sealed class WithdrawnAdviceSignal(CapacityPast ledger) : IAlertSignal
{
    public string Name => "capacity-withdrawn";

    public string Title => "Capacity advice withdrawn";

    public string Meaning => "1 while the newest advice of a host is withdrawn because past advice was exceeded too often, else 0. Missing once it has expired.";

    public bool UsesWindow => false;

    public string PastNote => "Advice counts as withdrawn from when it was made.";

    public string UnitOf(AlertRuleRow rule) => "";

    public string? Problem(AlertRuleRow rule) => null;

    public Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken) => ledger.ReadAsync(rule, now, Withdrawn, cancellationToken);

    public IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, CancellationToken cancellationToken) => ledger.PastAsync(rule, past, Withdrawn, cancellationToken);

    private static double? Withdrawn(CapacityEntry entry) => entry.WithdrawnReason is null ? 0 : 1;
}
