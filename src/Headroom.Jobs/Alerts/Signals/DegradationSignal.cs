using System.Runtime.CompilerServices;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>How much neighbours may cost a workload, at the upper end of the model's interval.</summary>
public sealed class DegradationSignal(DegradationBounds bounds) : IAlertSignal
{
    public string Name => "interference";

    public string Title => "Predicted degradation, upper bound";

    public string Meaning => "Share of its performance that neighbours may cost a workload: 1 less the lower end of predicted performance, mean over the window. Missing without predictions inside the training range.";

    public bool UsesWindow => true;

    public string PastNote => "Predictions of the past are those that the model of that time made.";

    public string UnitOf(AlertRuleRow rule) => "1";

    public string? Problem(AlertRuleRow rule) => null;

    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var window = TimeSpan.FromSeconds(rule.WindowSeconds);
        var found = await bounds.ReadAsync(now - window, window, 1, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(bound => NamePattern.Fits(rule.Hosts, bound.Host)).Select(bound => new AlertReading(SubjectOf(bound), bound.UpperBound))];
    }

    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await bounds.ReadAsync(past.From, AlertPast.Step, past.Count, cancellationToken).ConfigureAwait(false);
        foreach (var workload in found.Where(bound => NamePattern.Fits(rule.Hosts, bound.Host)).GroupBy(SubjectOf).Take(past.MaxSubjects + 1))
        {
            var values = new double?[past.Count];
            foreach (var bound in workload)
            {
                values[bound.Step] = bound.UpperBound;
            }

            yield return new AlertCourse(workload.Key, values);
        }
    }

    private static AlertSubject SubjectOf(DegradationBound bound) => AlertSubject.OfEntity(bound.HostId, bound.EntityId, bound.Host, bound.Workload);
}
