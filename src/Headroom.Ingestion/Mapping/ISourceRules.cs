using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Mapping;

/// <summary>How one kind of sender's metrics are called in the catalogue. One class each, registered in <see cref="SourceRulesTable"/>.</summary>
internal interface ISourceRules
{
    /// <summary>Stable name, for example <c>node_exporter</c>.</summary>
    string Name { get; }

    /// <summary>What every metric name of this source begins with.</summary>
    IReadOnlyList<string> Prefixes { get; }

    /// <summary>Where a series of this source goes; empty when the catalogue has no place for it.</summary>
    IEnumerable<MetricTarget> Map(SeriesIdentity series);
}
