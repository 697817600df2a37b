using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Mapping;

/// <summary>Which host a foreign series is about.</summary>
internal static class HostName
{
    private const string Unnamed = "unknown";

    /// <summary>
    /// The host by its own name where a label gives it (OpenTelemetry resource, Kubernetes node, dcgm-exporter), else the scrape
    /// target's name without its port.
    /// </summary>
    public static string Of(SeriesIdentity series) =>
        series.Label("host.name", "host_name", "nodename", "k8s.node.name", "k8s_node_name", "node", "kubernetes_node", "Hostname", "hostname")
        ?? (series.Label("instance", "service.instance.id") is { } instance ? WithoutPort(instance) : Unnamed);

    private static string WithoutPort(string instance)
    {
        var colon = instance.LastIndexOf(':');
        var isPort = colon > 0 && instance.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0;
        return isPort && (instance.IndexOf(':', StringComparison.Ordinal) == colon || instance[colon - 1] == ']') ? instance[..colon].Trim('[', ']') : instance;
    }
}
