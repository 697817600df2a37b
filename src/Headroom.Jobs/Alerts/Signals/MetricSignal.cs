using System.Runtime.CompilerServices;
using Headroom.Jobs.Alerts.Rules;
using Headroom.Storage.Model;
using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>A metric of the catalogue over a window, of every entity of a kind.</summary>
public sealed class MetricSignal(WindowMeans means, FleetEntities entities, MinuteCourses courses) : IAlertSignal
{
    public const string SignalName = "metric";

    public string Name => SignalName;

    public string Title => "Metric";

    public string Meaning => "Mean, largest or smallest value of a metric of the catalogue over the window, of every host, workload, disk or other entity that has it. Missing when nothing was measured.";

    public bool UsesWindow => true;

    public string PastNote => "The past is looked at minute by minute: a window shorter than a minute counts as one.";

    public string UnitOf(AlertRuleRow rule) => Definition(rule) is { } definition ? MetricUnits.OnScreen(definition) : "";

    public string? Problem(AlertRuleRow rule)
    {
        if (rule.Kind is not { } kind || !Enum.IsDefined(kind))
        {
            return $"kind: expected one of {string.Join(", ", Enum.GetNames<EntityKind>())} for a rule on a metric, got '{rule.Kind}'";
        }

        if (Definition(rule) is not { } definition)
        {
            return $"metric: expected a metric of the catalogue for a {kind} (GET /api/v1/catalogue lists them), got '{rule.Metric}'";
        }

        return definition.Kind == MetricKind.State && rule.Aggregate == AlertAggregate.Mean
            ? $"aggregate: expected Max or Min, since {definition.Name} is a code or a flag whose mean has no meaning"
            : null;
    }

    public async Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await means.ReadAsync(rule.Kind!.Value, [rule.Metric!], now.AddSeconds(-rule.WindowSeconds), now, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(entity => NamePattern.Fits(rule.Hosts, entity.Host)).Select(entity => new AlertReading(
            SubjectOf(rule, entity.HostId, entity.EntityId, entity.Host, entity.Name), Choose(rule, entity.Values[0]?.Mean, entity.Values[0]?.Max, entity.Values[0]?.Min)))];
    }

    public async IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await entities.ReadAsync(rule.Kind!.Value, past.From, cancellationToken).ConfigureAwait(false);
        foreach (var entity in found.Where(entity => NamePattern.Fits(rule.Hosts, entity.Host)).Take(past.MaxSubjects + 1))
        {
            var course = await courses.ReadAsync(entity, [rule.Metric!], past, cancellationToken).ConfigureAwait(false);
            yield return new AlertCourse(SubjectOf(rule, entity.HostId, entity.EntityId, entity.Host, entity.Name), Windows(rule, Choose(rule, course.Mean[0], course.Max[0], course.Min[0])));
        }
    }

    private static AlertSubject SubjectOf(AlertRuleRow rule, int hostId, int entityId, string host, string name) =>
        rule.Kind == EntityKind.Host ? AlertSubject.OfHost(hostId, host) : AlertSubject.OfEntity(hostId, entityId, host, name);

    private static MetricDefinition? Definition(AlertRuleRow rule) =>
        rule is { Kind: { } kind, Metric: { } metric } ? MetricCatalogue.Current.Find(kind, metric) : null;

    private static T Choose<T>(AlertRuleRow rule, T mean, T max, T min) => rule.Aggregate switch
    {
        AlertAggregate.Max => max,
        AlertAggregate.Min => min,
        _ => mean,
    };

    /// <summary>The values of windows that end at each step, from those of the minutes.</summary>
    private static double?[] Windows(AlertRuleRow rule, double?[] minutes)
    {
        var width = (int)Math.Ceiling(rule.WindowSeconds / AlertPast.Step.TotalSeconds);
        return width == 1 ? minutes : [.. minutes.Select((_, i) => Join(rule, minutes.AsSpan(Math.Max(0, i - width + 1)..(i + 1))))];
    }

    private static double? Join(AlertRuleRow rule, ReadOnlySpan<double?> minutes)
    {
        var (sum, max, min, count) = (0.0, double.MinValue, double.MaxValue, 0);
        foreach (var minute in minutes)
        {
            if (minute is { } value)
            {
                (sum, max, min, count) = (sum + value, Math.Max(max, value), Math.Min(min, value), count + 1);
            }
        }

        return count == 0 ? null : Choose(rule, sum / count, max, min);
    }
}
