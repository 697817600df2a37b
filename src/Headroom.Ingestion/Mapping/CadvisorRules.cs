using Headroom.Ingestion.Series;
using Headroom.Telemetry.Catalogue;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping;

/// <summary>cAdvisor's container metrics, from the kubelet or stand-alone (https://github.com/google/cadvisor, docs/storage/prometheus.md).</summary>
internal sealed class CadvisorRules : ISourceRules
{
    internal static Dictionary<string, MetricRule> Rules { get; } = new(StringComparer.Ordinal)
    {
        ["container_cpu_usage_seconds_total"] = Rate("container.cpu.usage").Summed(),
        ["container_cpu_user_seconds_total"] = Rate("container.cpu.usage.user").Summed(),
        ["container_cpu_system_seconds_total"] = Rate("container.cpu.usage.system").Summed(),
        ["container_cpu_cfs_throttled_periods_total"] = Rate("container.cpu.throttling.periods"),
        ["container_cpu_cfs_throttled_seconds_total"] = Rate("container.cpu.throttling.time"),
        ["container_spec_cpu_quota"] = Level("container.cpu.limit").Over(),
        ["container_spec_cpu_period"] = Level("container.cpu.limit").Under(),
        ["container_processes"] = Level("container.process.count"),
        ["container_threads"] = Level("container.thread.count"),
        ["container_threads_max"] = Level("container.thread.limit").ZeroIsMissing(),
        ["container_file_descriptors"] = Level("process.unix.file_descriptor.count"),
        ["container_memory_usage_bytes"] = Level("container.memory.usage"),
        ["container_memory_working_set_bytes"] = Level("container.memory.working_set"),
        ["container_memory_rss"] = Level("container.memory.rss"),
        ["container_memory_cache"] = Level("container.memory.file"),
        ["container_memory_kernel_usage"] = Level("container.memory.kernel"),
        ["container_memory_swap"] = Level("container.memory.swap"),
        ["container_spec_memory_limit_bytes"] = Level("container.memory.limit").ZeroIsMissing(),
        ["container_memory_failcnt"] = Rate("container.memory.events.max"),
        ["container_oom_events_total"] = Rate("container.memory.events.oom_kill"),
        ["container_fs_reads_bytes_total"] = Rate("container.disk.io.read").Summed(),
        ["container_fs_writes_bytes_total"] = Rate("container.disk.io.write").Summed(),
        ["container_fs_reads_total"] = Rate("container.disk.operations.read").Summed(),
        ["container_fs_writes_total"] = Rate("container.disk.operations.write").Summed(),
        ["container_network_receive_bytes_total"] = Rate("container.network.io.receive").Summed(),
        ["container_network_transmit_bytes_total"] = Rate("container.network.io.transmit").Summed(),
        ["container_network_receive_packets_total"] = Rate("container.network.packets.receive").Summed(),
        ["container_network_transmit_packets_total"] = Rate("container.network.packets.transmit").Summed(),
        ["container_network_receive_packets_dropped_total"] = Rate("container.network.dropped.receive").Summed(),
        ["container_network_transmit_packets_dropped_total"] = Rate("container.network.dropped.transmit").Summed(),
        ["container_pressure_cpu_waiting_seconds_total"] = Rate("container.cpu.pressure.some"),
        ["container_pressure_cpu_stalled_seconds_total"] = Rate("container.cpu.pressure.full"),
        ["container_pressure_memory_waiting_seconds_total"] = Rate("container.memory.pressure.some"),
        ["container_pressure_memory_stalled_seconds_total"] = Rate("container.memory.pressure.full"),
        ["container_pressure_io_waiting_seconds_total"] = Rate("container.disk.pressure.some"),
        ["container_pressure_io_stalled_seconds_total"] = Rate("container.disk.pressure.full"),
    };

    public string Name => "cadvisor";

    public IReadOnlyList<string> Prefixes => ["container_"];

    public IEnumerable<MetricTarget> Map(SeriesIdentity series)
    {
        if (series.Name == "container_memory_failures_total")
        {
            return PageFaults(series) is { } metric && EntityOf(series) is { } faulting ? [new(faulting, Rate(metric))] : [];
        }

        return Rules.TryGetValue(series.Name, out var rule) && EntityOf(series) is { } entity ? [new(entity, rule)] : [];
    }

    // Scope "hierarchy" repeats what "container" says, children included.
    private static string? PageFaults(SeriesIdentity series) => (series.Label("scope"), series.Label("failure_type")) switch
    {
        ("container", "pgmajfault") => "container.paging.faults.major",
        _ => null,
    };

    /// <summary>A container, by its cgroup; null for the root cgroup, which is the host, and for the pause container of a pod.</summary>
    private static EntityReference? EntityOf(SeriesIdentity series)
    {
        var id = series.Label("id");
        var (pod, container) = (series.Label("pod", "pod_name"), series.Label("container", "container_name"));
        if (id == "/" || container == "POD" || (id ?? pod) is null)
        {
            return null;
        }

        var key = id ?? $"{series.Label("namespace")}/{pod}/{container}";
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, attribute) in ((string, string)[])[("image", "container.image.name"), ("pod", "k8s.pod.name"), ("namespace", "k8s.namespace.name"), ("container", "k8s.container.name")])
        {
            if (series.Label(label) is { } value)
            {
                attributes[attribute] = value;
            }
        }

        var name = pod is null ? series.Label("name") ?? key : container is null ? pod : $"{pod}/{container}";
        return new EntityReference(HostName.Of(series), EntityKind.Workload, key, name) { Attributes = attributes };
    }
}
