using System.Runtime.CompilerServices;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>For how long a host has not been heard of.</summary>
public sealed class SilentAgentSignal(LastHeard heard, FleetEntities entities, MinuteCourses courses) : IAlertSignal
{
    private const string Pulse = "system.cpu.utilization";

    public string Name => "agent-silence";

    public string Title => "Silence of an agent";

    public string Meaning => "Seconds since any agent of a host last sent. Never missing; it ends when the keys of all its agents are revoked.";

    public bool UsesWindow => false;

    public string PastNote => $"The past is told by gaps of {Pulse}: a silence whose frames came later, from the agent's spool, is not seen.";

    public string UnitOf(AlertRuleRow rule) => "s";

    public string? Problem(AlertRuleRow rule) => null;

    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken) =>
    [
        .. (await heard.ReadAsync(cancellationToken).ConfigureAwait(false)).Where(contact => NamePattern.Fits(rule.Hosts, contact.Host)).Select(contact => new AlertReading(
            AlertSubject.OfHost(contact.HostId, contact.Host), contact.At is { } at ? Math.Max(0, (now - at).TotalSeconds) : null, IsGone: contact.At is null)),
    ];

    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hosts = await entities.ReadAsync(EntityKind.Host, past.From, cancellationToken).ConfigureAwait(false);
        foreach (var host in hosts.Where(host => NamePattern.Fits(rule.Hosts, host.Host)).Take(past.MaxSubjects + 1))
        {
            var pulse = (await courses.ReadAsync(host, [Pulse], past, cancellationToken).ConfigureAwait(false)).Mean[0];
            yield return new AlertCourse(AlertSubject.OfHost(host.HostId, host.Host), Silences(pulse));
        }
    }

    // Before the first sign of life nothing is known.
    private static double?[] Silences(double?[] pulse)
    {
        var silences = new double?[pulse.Length];
        double? silence = null;
        for (var i = 0; i < pulse.Length; i++)
        {
            silence = pulse[i] is not null ? 0 : silence + AlertPast.Step.TotalSeconds;
            silences[i] = silence;
        }

        return silences;
    }
}
