using System.Runtime.CompilerServices;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>What the ledger of capacity advice says of every host, now and over the past.</summary>
public sealed class CapacityPast(CapacityLedger ledger)
{
    private const int EntriesPerQuestion = 200;

    /// <summary>A value of the newest advice of every host; missing once it has expired.</summary>
    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, Func<CapacityEntry, double?> value, CancellationToken cancellationToken)
    {
        var readings = new List<AlertReading>();
        foreach (var entry in await ledger.LatestAsync(cancellationToken).ConfigureAwait(false))
        {
            var host = HostOf(entry);
            if (NamePattern.Fits(rule.Hosts, host))
            {
                readings.Add(new AlertReading(AlertSubject.OfHost(entry.HostId, host), entry.ExpiresAt > now ? value(entry) : null));
            }
        }

        return readings;
    }

    /// <summary>The same value for as long as each advice held.</summary>
    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, Func<CapacityEntry, double?> value, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hosts = (await ledger.LatestAsync(cancellationToken).ConfigureAwait(false)).Select(entry => (entry.HostId, Host: HostOf(entry)));
        foreach (var (hostId, host) in hosts.Where(host => NamePattern.Fits(rule.Hosts, host.Host)).Take(past.MaxSubjects + 1))
        {
            var values = new double?[past.Count];
            DateTimeOffset? before = past.To;
            while (before is { } to)
            {
                var entries = await ledger.OfHostAsync(hostId, to, EntriesPerQuestion, cancellationToken).ConfigureAwait(false);
                foreach (var entry in entries)
                {
                    Fill(values, past, entry, value(entry));
                }

                before = entries.Count == EntriesPerQuestion && entries[^1].MadeAt > past.From ? entries[^1].MadeAt : null;
            }

            yield return new AlertCourse(AlertSubject.OfHost(hostId, host), values);
        }
    }

    private static string HostOf(CapacityEntry entry) => RecommendationSnapshot.Parse(entry.Recommendation).Host;

    // The newest comes first: where two overlap, it counts.
    private static void Fill(double?[] values, AlertPast past, CapacityEntry entry, double? value)
    {
        for (var i = Math.Max(0, (int)Math.Floor((entry.MadeAt - past.From) / AlertPast.Step)); i < past.Count && past.TimeOf(i) < entry.ExpiresAt; i++)
        {
            values[i] ??= past.TimeOf(i) >= entry.MadeAt ? value : null;
        }
    }
}
