using Headroom.Ingestion.Series;
using Headroom.Telemetry.Catalogue;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.OpenTelemetry;

/// <summary>
/// OpenTelemetry's container metrics (https://opentelemetry.io/docs/specs/semconv/system/container-metrics), and the names that the
/// Collector's receivers for Docker and the kubelet write.
/// </summary>
internal sealed class OtelContainerRules : ISourceRules
{
    private const double Nanosecond = 1e-9;

    internal static Dictionary<string, MetricRule> Rules { get; } = new(StringComparer.Ordinal)
    {
        ["container.cpu.time"] = Rate("container.cpu.usage").Summed(),
        ["container.cpu.usage"] = Level("container.cpu.usage"),
        ["container.cpu.usage.total"] = Rate("container.cpu.usage").Times(Nanosecond),
        ["container.cpu.usage.usermode"] = Rate("container.cpu.usage.user").Times(Nanosecond),
        ["container.cpu.usage.kernelmode"] = Rate("container.cpu.usage.system").Times(Nanosecond),
        ["container.cpu.limit"] = Level("container.cpu.limit").PositiveOnly(),
        ["container.cpu.throttling_data.throttled_periods"] = Rate("container.cpu.throttling.periods"),
        ["container.cpu.throttling_data.throttled_time"] = Rate("container.cpu.throttling.time").Times(Nanosecond),
        ["container.pids.count"] = Level("container.thread.count"),
        ["container.pids.limit"] = Level("container.thread.limit").PositiveOnly(),
        ["container.memory.usage"] = Level("container.memory.usage"),
        ["container.memory.usage.total"] = Level("container.memory.usage"),
        ["container.memory.usage.limit"] = Level("container.memory.limit").PositiveOnly(),
        ["container.memory.working_set"] = Level("container.memory.working_set"),
        ["container.memory.rss"] = Level("container.memory.rss"),
        ["container.memory.anon"] = Level("container.memory.rss"),
        ["container.memory.file"] = Level("container.memory.file"),
        ["container.memory.fails"] = Rate("container.memory.events.max"),
        ["container.memory.major_page_faults"] = Rate("container.paging.faults.major"),
        ["container.network.io.usage.rx_bytes"] = Rate("container.network.io.receive").Summed(),
        ["container.network.io.usage.tx_bytes"] = Rate("container.network.io.transmit").Summed(),
        ["container.network.io.usage.rx_packets"] = Rate("container.network.packets.receive").Summed(),
        ["container.network.io.usage.tx_packets"] = Rate("container.network.packets.transmit").Summed(),
        ["container.network.io.usage.rx_dropped"] = Rate("container.network.dropped.receive").Summed(),
        ["container.network.io.usage.tx_dropped"] = Rate("container.network.dropped.transmit").Summed(),
    };

    public string Name => "opentelemetry-container";

    public IReadOnlyList<string> Prefixes => ["container."];

    public IEnumerable<MetricTarget> Map(SeriesIdentity series) =>
        RuleOf(series) is { } rule && EntityOf(series) is { } container ? [new(container, rule)] : [];

    private static MetricRule? RuleOf(SeriesIdentity series)
    {
        var direction = series.Label("disk.io.direction", "network.io.direction", "direction", "operation")?.ToLowerInvariant();
        return (series.Name, direction) switch
        {
            ("container.disk.io" or "container.blockio.io_service_bytes_recursive", "read") => Rate("container.disk.io.read").Summed(),
            ("container.disk.io" or "container.blockio.io_service_bytes_recursive", "write") => Rate("container.disk.io.write").Summed(),
            ("container.network.io", "receive") => Rate("container.network.io.receive").Summed(),
            ("container.network.io", "transmit") => Rate("container.network.io.transmit").Summed(),
            _ => Rules.GetValueOrDefault(series.Name),
        };
    }

    private static EntityReference? EntityOf(SeriesIdentity series)
    {
        var (pod, container) = (series.Label("k8s.pod.name"), series.Label("k8s.container.name"));
        var kubernetes = pod is null ? null : $"{series.Label("k8s.namespace.name")}/{pod}/{container}";
        if ((series.Label("container.id") ?? kubernetes) is not { } key)
        {
            return null;
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in (string[])["container.id", "container.image.name", "k8s.namespace.name", "k8s.pod.name", "k8s.container.name"])
        {
            if (series.Label(attribute) is { } value)
            {
                attributes[attribute] = value;
            }
        }

        var name = pod is null ? series.Label("container.name") ?? key : container is null ? pod : $"{pod}/{container}";
        return new EntityReference(HostName.Of(series), EntityKind.Workload, key, name) { Attributes = attributes };
    }
}
