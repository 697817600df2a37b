using Headroom.Ingestion.Mapping.Machine;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.OpenTelemetry;

/// <summary>OpenTelemetry's hardware metrics, of GPUs and of the machine's sensors (https://opentelemetry.io/docs/specs/semconv/hardware).</summary>
internal sealed class OtelHardwareRules : ISourceRules
{
    public string Name => "opentelemetry-hardware";

    public IReadOnlyList<string> Prefixes => ["hw."];

    public IEnumerable<MetricTarget> Map(SeriesIdentity series)
    {
        if (series.Label("hw.type") == "gpu" || series.Name.StartsWith("hw.gpu.", StringComparison.Ordinal))
        {
            return Gpu(series);
        }

        MetricRule[] rules = series.Name switch
        {
            "hw.temperature" => [Level("hw.temperature.max").Largest(), Level("hw.temperature.mean").Averaged()],
            "hw.fan.speed" => [Level("hw.fan.speed.max").Largest()],
            "hw.host.power" => [Level("hw.host.power")],
            "hw.host.energy" => [Rate("hw.host.power")],
            _ => [],
        };
        return rules.Select(rule => new MetricTarget(MachineParts.Host(series), rule));
    }

    private static IEnumerable<MetricTarget> Gpu(SeriesIdentity series)
    {
        if (series.Label("hw.id", "hw.serial_number") is not { } id || RuleOf(series) is not { } rule)
        {
            return [];
        }

        return [new(MachineParts.Gpu(series, id, series.Label("hw.model"), series.Label("hw.name")), rule)];
    }

    private static MetricRule? RuleOf(SeriesIdentity series) => (series.Name, series.Label("hw.gpu.task")) switch
    {
        ("hw.gpu.utilization", null or "general") => Level("hw.gpu.utilization"),
        ("hw.gpu.utilization", "encoder") => Level("hw.gpu.utilization.encoder"),
        ("hw.gpu.utilization", "decoder") => Level("hw.gpu.utilization.decoder"),
        ("hw.gpu.memory.limit", _) => Level("hw.gpu.memory.limit"),
        ("hw.gpu.memory.usage", _) => Level("hw.gpu.memory.usage"),
        ("hw.gpu.memory.utilization", _) => Level("hw.gpu.memory.utilization"),
        ("hw.power", _) => Level("hw.gpu.power"),
        ("hw.energy", _) => Rate("hw.gpu.power.mean"),
        ("hw.temperature", _) => Level("hw.gpu.temperature"),
        _ => null,
    };
}
