using System.Runtime.CompilerServices;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>How much about a model is not as it was in training.</summary>
public sealed class DriftSignal(DriftCounts counts) : IAlertSignal
{
    public string Name => "model-drift";

    public string Title => "Drift alarms of a model";

    public string Meaning => "How many inputs or errors of a model are not as in training, by the alarms of the Models page. Never missing.";

    public bool UsesWindow => false;

    public string? PastNote => null;

    public string UnitOf(AlertRuleRow rule) => "{alarm}";

    public string? Problem(AlertRuleRow rule) => string.IsNullOrWhiteSpace(rule.Hosts) ? null : $"hosts: expected none, since models belong to no host; got '{rule.Hosts}'";

    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await counts.ReadAsync(now, cancellationToken).ConfigureAwait(false)).Select(model => new AlertReading(SubjectOf(model.Key), model.Value.Count(span => Covers(span, now))))];

    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (model, spans) in (await counts.ReadAsync(past.From, cancellationToken).ConfigureAwait(false)).Take(past.MaxSubjects + 1))
        {
            yield return new AlertCourse(SubjectOf(model), [.. Enumerable.Range(0, past.Count).Select(i => (double?)spans.Count(span => Covers(span, past.TimeOf(i))))]);
        }
    }

    private static bool Covers(DriftSpan span, DateTimeOffset at) => span.From <= at && !(span.To <= at);

    private static AlertSubject SubjectOf(string model) => new($"model:{model}", $"model {model}");
}
