using Headroom.Ingestion.Mapping.NodeExporter;
using Headroom.Ingestion.Mapping.OpenTelemetry;
using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Mapping;

/// <summary>The sources that are understood. A metric's name decides which one it is; the protocol it came by does not matter.</summary>
internal sealed class SourceRulesTable(IEnumerable<ISourceRules> sources)
{
    private readonly (string Prefix, ISourceRules Rules)[] _byPrefix = sources
        .SelectMany(rules => rules.Prefixes.Select(prefix => (prefix, rules)))
        .OrderByDescending(entry => entry.prefix.Length)
        .ToArray();

    /// <summary>Every source this build knows.</summary>
    public static IReadOnlyList<ISourceRules> All { get; } =
    [
        new OtelHostRules(),
        new OtelHardwareRules(),
        new OtelContainerRules(),
        new NodeExporterRules(),
        new DcgmRules(),
        new CadvisorRules(),
    ];

    /// <summary>Where the series goes; empty when no source knows it.</summary>
    public IEnumerable<MetricTarget> Map(SeriesIdentity series) => RulesFor(series.Name)?.Map(series) ?? [];

    /// <summary>The source a metric name belongs to, or null.</summary>
    public ISourceRules? RulesFor(string metricName)
    {
        foreach (var (prefix, rules) in _byPrefix)
        {
            if (metricName.StartsWith(prefix, StringComparison.Ordinal))
            {
                return rules;
            }
        }

        return null;
    }
}
