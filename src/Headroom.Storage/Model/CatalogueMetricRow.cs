using Headroom.Telemetry.Catalogue;

namespace Headroom.Storage.Model;

/// <summary>One metric of one catalogue version: what the n-th number of a telemetry row means.</summary>
public sealed class CatalogueMetricRow
{
    public int Version { get; init; }

    public EntityKind Kind { get; init; }

    public int Ordinal { get; init; }

    public required string Name { get; set; }

    public required string Unit { get; set; }

    public MetricKind MetricKind { get; set; }

    public required string Group { get; set; }

    public required string Source { get; set; }

    public required string Description { get; set; }
}
