using System.Collections.Frozen;

namespace Headroom.Telemetry.Catalogue;

/// <summary>
/// The vocabulary: for every kind of entity an ordered list of metrics. A stored row carries the version it was written in;
/// the ordinal of a metric never changes within a version, and a new version may only append.
/// </summary>
public sealed class MetricCatalogue
{
    private readonly FrozenDictionary<EntityKind, IReadOnlyList<MetricDefinition>> _metrics;
    private readonly FrozenDictionary<(EntityKind, string), int> _ordinals;

    /// <summary>Builds a catalogue; names must be unique within a kind.</summary>
    /// <exception cref="ArgumentException">A kind holds the same name twice.</exception>
    public MetricCatalogue(int version, IReadOnlyDictionary<EntityKind, IReadOnlyList<MetricDefinition>> metrics)
    {
        Version = version;
        _metrics = metrics.ToFrozenDictionary();
        _ordinals = _metrics
            .SelectMany(kind => kind.Value.Select((metric, ordinal) => KeyValuePair.Create((kind.Key, metric.Name), ordinal)))
            .ToFrozenDictionary();
    }

    /// <summary>The catalogue this build writes.</summary>
    public static MetricCatalogue Current { get; } = new(1, MetricCatalogueV1.Metrics);

    /// <summary>Version number stored beside every row.</summary>
    public int Version { get; }

    /// <summary>The metrics of a kind, in the order of their ordinals; empty when the kind is unknown to this version.</summary>
    public IReadOnlyList<MetricDefinition> For(EntityKind kind) => _metrics.GetValueOrDefault(kind) ?? [];

    /// <summary>The metrics that hold every word in what is said about them, whatever the case; all where no word is given.</summary>
    /// <param name="kind">Only of this kind; null for every one.</param>
    /// <param name="words">Parted by spaces.</param>
    public IReadOnlyList<(EntityKind Kind, MetricDefinition Metric)> Search(EntityKind? kind, string? words)
    {
        var wanted = (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. Enum.GetValues<EntityKind>().Where(each => kind is null || each == kind).SelectMany(each => For(each).Select(metric => (each, metric)))
                .Where(entry => wanted.All(word => Words(entry.metric).Contains(word, StringComparison.OrdinalIgnoreCase))),
        ];

        static string Words(MetricDefinition metric) => $"{metric.Name} {metric.Unit} {metric.Kind} {metric.Group} {metric.Source} {metric.Description}";
    }

    /// <summary>The place of a metric in a row of its kind, or null when the catalogue does not know the name.</summary>
    public int? OrdinalOf(EntityKind kind, string name) => _ordinals.TryGetValue((kind, name), out var ordinal) ? ordinal : null;

    /// <summary>The definition of a metric, or null when the catalogue does not know the name.</summary>
    public MetricDefinition? Find(EntityKind kind, string name) => OrdinalOf(kind, name) is { } ordinal ? _metrics[kind][ordinal] : null;
}
