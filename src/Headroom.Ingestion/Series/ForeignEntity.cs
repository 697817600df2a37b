using Headroom.Ingestion.Mapping;
using Headroom.Telemetry.Frames;

namespace Headroom.Ingestion.Series;

/// <summary>An entity that a foreign sender reports on, with the combinations that are open for it.</summary>
internal sealed class ForeignEntity(EntityReference reference, int metricCount)
{
    private readonly Dictionary<(int Ordinal, string Way), Combination> _combinations = [];
    private EntityDescriptor? _described;

    public EntityReference Reference { get; } = reference;

    /// <summary>How many metrics the catalogue has for this kind.</summary>
    public int MetricCount { get; } = metricCount;

    /// <summary>Who it is, within a batch.</summary>
    public EntityDescriptor Describe(int localId)
    {
        // The same object as long as its number is the same: the store then sees at once that nothing changed.
        var described = _described;
        if (described?.LocalId != localId)
        {
            _described = described = new EntityDescriptor(localId, Reference.Kind, Reference.Key, Reference.Name, Reference.ParentKey, Reference.Attributes);
        }

        return described;
    }

    /// <summary>The combination that feeds the metric, made on first use by its first series.</summary>
    public Combination CombinationFor(int ordinal, MetricRule rule)
    {
        if (!_combinations.TryGetValue((ordinal, rule.Way), out var combination))
        {
            _combinations[(ordinal, rule.Way)] = combination = new Combination(rule.Combine, rule.RequiredSeries);
        }

        return combination;
    }
}
