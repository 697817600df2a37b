namespace Headroom.Ingestion.Mapping;

/// <summary>One place in the catalogue that a foreign series feeds, and how.</summary>
internal sealed record MetricTarget(EntityReference Entity, MetricRule Rule);
