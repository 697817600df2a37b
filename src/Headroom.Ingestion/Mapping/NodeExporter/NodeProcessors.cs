using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.NodeExporter;

/// <summary>Series per logical CPU.</summary>
internal static class NodeProcessors
{
    private const string QueueLatency = "system.cpu.run_queue.latency";

    /// <summary>Where the series goes; null when it is none of these.</summary>
    public static IEnumerable<MetricTarget>? Map(SeriesIdentity series)
    {
        if (series.Label("cpu") is not { } cpu)
        {
            return null;
        }

        return series.Name switch
        {
            "node_cpu_seconds_total" => CpuTime.Of(series, cpu, series.Label("mode"), Rate),
            "node_cpu_guest_seconds_total" => CpuTime.Guest(series, cpu, series.Label("mode")),
            "node_schedstat_running_seconds_total" => Both(series, cpu, Rate("system.cpu.run_queue.run")),
            "node_schedstat_waiting_seconds_total" => Both(series, cpu, Rate("system.cpu.run_queue.wait"), Rate(QueueLatency).Over()),
            "node_schedstat_timeslices_total" => Both(series, cpu, Rate("system.cpu.run_queue.timeslices"), Rate(QueueLatency).Under()),
            "node_cpu_scaling_frequency_hertz" =>
            [
                new(MachineParts.Cpu(series, cpu), Level("system.cpu.frequency")),
                new(MachineParts.Host(series), Level("system.cpu.frequency.mean").Averaged()),
                new(MachineParts.Host(series), Level("system.cpu.frequency.max").Largest()),
            ],
            "node_softnet_processed_total" => Host(series, "system.network.softnet.processed"),
            "node_softnet_dropped_total" => Host(series, "system.network.softnet.dropped"),
            "node_softnet_times_squeezed_total" => Host(series, "system.network.softnet.squeezed"),
            _ => null,
        };
    }

    private static IEnumerable<MetricTarget> Host(SeriesIdentity series, string metric) => [new(MachineParts.Host(series), Rate(metric).Summed())];

    private static IEnumerable<MetricTarget> Both(SeriesIdentity series, string cpu, params MetricRule[] rules)
    {
        foreach (var rule in rules)
        {
            yield return new(MachineParts.Cpu(series, cpu), rule);
            yield return new(MachineParts.Host(series), rule.Combine == Combine.Ratio ? rule : rule.Summed());
        }
    }
}
