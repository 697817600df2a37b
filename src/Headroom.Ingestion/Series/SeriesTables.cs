using System.Collections.Concurrent;
using Headroom.Ingestion.Mapping;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Series;

/// <summary>The series of every foreign sender, by its ingest key.</summary>
internal sealed class SeriesTables(SourceRulesTable rules, TimeProvider clock, IOptions<IngestionOptions> options)
{
    private readonly ConcurrentDictionary<Guid, SeriesTable> _tables = new();

    public SeriesTable Of(Guid sender) => _tables.GetOrAdd(sender, _ => new SeriesTable(rules, MetricCatalogue.Current, clock, options.Value));
}
