using static Headroom.Ingestion.Mapping.MetricRule;

namespace Headroom.Ingestion.Mapping.OpenTelemetry;

/// <summary>Metrics of the conventions whose series differ by a state, old and new spelling.</summary>
internal static class OtelStates
{
    private const string MemoryShare = "system.memory.utilization";
    private const int MemoryParts = 3;

    /// <summary>The states of <c>system.memory.usage</c> that add up to all memory are used, free, buffers and cached.</summary>
    public static MetricRule[] Memory(string? state) => state switch
    {
        "used" => [Level("system.memory.usage.used"), Level(MemoryShare).Over(MemoryParts), Level(MemoryShare).Under(MemoryParts)],
        "free" => [Level("system.memory.usage.free"), Level(MemoryShare).Under(MemoryParts)],
        "buffers" or "buffered" => [Level("system.memory.usage.buffers"), Level(MemoryShare).Under(MemoryParts)],
        "cached" => [Level("system.memory.usage.cached"), Level(MemoryShare).Under(MemoryParts)],
        "shared" => [Level("system.linux.memory.shared")],
        "slab_reclaimable" => [Level("system.linux.memory.slab.usage.reclaimable")],
        "slab_unreclaimable" => [Level("system.linux.memory.slab.usage.unreclaimable")],
        _ => [],
    };

    public static MetricRule[] Swap(string? state) => state switch
    {
        "used" => [Level("system.paging.usage.used").Summed(), Level("system.paging.limit").Summed().Of(2)],
        "free" => [Level("system.paging.limit").Summed().Of(2)],
        "cached" => [Level("system.paging.usage.cached").Summed()],
        _ => [],
    };

    public static MetricRule[] Faults(string? type) => type switch
    {
        "major" => [Rate("system.paging.faults.major")],
        "minor" => [Rate("system.paging.faults.minor")],
        _ => [],
    };

    /// <summary>A device that is mounted twice is one filesystem.</summary>
    public static MetricRule[] Filesystem(string? device, string? state)
    {
        if (device is null || !device.StartsWith("/dev/", StringComparison.Ordinal) || device.StartsWith("/dev/loop", StringComparison.Ordinal))
        {
            return [];
        }

        var limit = Level("system.filesystem.limit").Summed().Of(2).Into($"{state} of {device}");
        return state switch
        {
            "used" => [limit, Level("system.filesystem.usage.used").Summed().Into(device)],
            "free" or "reserved" => [limit],
            _ => [],
        };
    }

    public static MetricRule[] Processes(string? state) => state switch
    {
        "running" => [Level("system.task.runnable")],
        "blocked" => [Level("system.task.blocked")],
        _ => [],
    };

    public static MetricRule[] Connections(string? protocol, string? state) => (protocol, state?.ToUpperInvariant()) switch
    {
        ("tcp", "ESTABLISHED") => [Level("system.network.tcp.established")],
        ("tcp", "TIME_WAIT") => [Level("system.network.socket.tcp.time_wait")],
        _ => [],
    };
}
