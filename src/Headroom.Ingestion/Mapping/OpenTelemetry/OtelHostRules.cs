using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.OpenTelemetry;

/// <summary>
/// OpenTelemetry's system metrics: the names of the semantic conventions (https://opentelemetry.io/docs/specs/semconv/system/system-metrics)
/// and the older ones that the Collector's hostmetrics receiver still writes. Time in guests is part of user.
/// </summary>
internal sealed class OtelHostRules : ISourceRules
{
    internal static Dictionary<string, MetricRule[]> Host { get; } = new(StringComparer.Ordinal)
    {
        ["system.cpu.load_average.1m"] = [Level("system.linux.load.1m")],
        ["system.cpu.load_average.5m"] = [Level("system.linux.load.5m")],
        ["system.cpu.load_average.15m"] = [Level("system.linux.load.15m")],
        ["system.linux.cpu.load_1m"] = [Level("system.linux.load.1m")],
        ["system.linux.cpu.load_5m"] = [Level("system.linux.load.5m")],
        ["system.linux.cpu.load_15m"] = [Level("system.linux.load.15m")],
        ["system.cpu.logical.count"] = [Level("system.cpu.logical.count") with { Way = "count" }],
        ["system.memory.limit"] = [Level("system.memory.limit")],
        ["system.linux.memory.available"] = [Level("system.linux.memory.available")],
        ["system.memory.linux.available"] = [Level("system.linux.memory.available")],
        ["system.memory.shared"] = [Level("system.linux.memory.shared")],
        ["system.memory.linux.shared"] = [Level("system.linux.memory.shared")],
        ["system.processes.created"] = [Rate("system.process.created")],
        ["system.process.created"] = [Rate("system.process.created")],
        ["system.network.conntrack.count"] = [Level("system.network.connection.tracked"), Level("system.network.connection.tracked_utilization").Over()],
        ["system.network.conntrack.max"] = [Level("system.network.connection.tracked_utilization").Under()],
        ["system.uptime"] = [Level("system.uptime")],
    };

    public string Name => "opentelemetry-host";

    public IReadOnlyList<string> Prefixes => ["system."];

    public IEnumerable<MetricTarget> Map(SeriesIdentity series)
    {
        if (Host.TryGetValue(series.Name, out var rules))
        {
            return OnHost(series, rules);
        }

        var state = series.Label("state", "system.memory.state", "system.paging.state", "system.filesystem.state", "status", "system.process.status", "process.state");
        return series.Name switch
        {
            "system.cpu.time" => CpuTime.Of(series, Cpu(series), series.Label("cpu.mode", "state", "system.cpu.state"), Rate),
            "system.cpu.utilization" => CpuTime.Of(
                series, Cpu(series), series.Label("cpu.mode", "state", "system.cpu.state"), metric => Level(metric) with { Way = "share" }),
            "system.cpu.frequency" when Cpu(series) is { } cpu =>
            [
                new(MachineParts.Cpu(series, cpu), Level("system.cpu.frequency")),
                .. OnHost(series, Level("system.cpu.frequency.mean").Averaged(), Level("system.cpu.frequency.max").Largest()),
            ],
            "system.memory.usage" => OnHost(series, OtelStates.Memory(state)),
            "system.linux.memory.slab.usage" or "system.memory.linux.slab.usage" => OnHost(series, OtelStates.Memory(series.Label("linux.memory.slab.state", "state") is { } slab ? $"slab_{slab}" : null)),
            "system.paging.usage" => OnHost(series, OtelStates.Swap(state)),
            "system.paging.faults" => OnHost(series, OtelStates.Faults(series.Label("system.paging.fault.type", "system.paging.type", "type"))),
            "system.filesystem.usage" => OnHost(series, OtelStates.Filesystem(series.Label("system.device", "device"), state)),
            "system.processes.count" or "system.process.count" => OnHost(series, OtelStates.Processes(state)),
            "system.network.connections" or "system.network.connection.count" => OnHost(series, OtelStates.Connections(
                series.Label("network.transport", "protocol"), series.Label("network.connection.state", "system.network.state", "state"))),
            _ => OtelDevices.Map(series),
        };
    }

    private static string? Cpu(SeriesIdentity series) => series.Label("cpu.logical_number", "system.cpu.logical_number", "cpu");

    private static IEnumerable<MetricTarget> OnHost(SeriesIdentity series, params MetricRule[] rules)
    {
        var host = MachineParts.Host(series);
        return rules.Select(rule => new MetricTarget(host, rule));
    }
}
