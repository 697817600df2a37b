using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Mapping.NodeExporter;

/// <summary>Prometheus' node_exporter 1.x (https://github.com/prometheus/node_exporter). Time in guests is part of the host's shares of user and nice.</summary>
internal sealed class NodeExporterRules : ISourceRules
{
    public string Name => "node_exporter";

    public IReadOnlyList<string> Prefixes => ["node_"];

    public IEnumerable<MetricTarget> Map(SeriesIdentity series)
    {
        if (NodeHost.Rules.TryGetValue(series.Name, out var rules))
        {
            var host = MachineParts.Host(series);
            return rules.Select(rule => new MetricTarget(host, rule));
        }

        return NodeDevices.Map(series) ?? NodeProcessors.Map(series) ?? [];
    }
}
