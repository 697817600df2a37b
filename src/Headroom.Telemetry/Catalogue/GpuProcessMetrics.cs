namespace Headroom.Telemetry.Catalogue;

/// <summary>What is known of one process on one GPU.</summary>
internal static class GpuProcessMetrics
{
    /// <summary>All metrics of a process on a GPU in the order of their ordinals. New versions append only.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("hw.gpu.process.memory.usage", "By", MetricKind.Gauge, "gpu", "nvmlDeviceGetComputeRunningProcesses, nvmlDeviceGetGraphicsRunningProcesses", "The GPU's memory that the process has taken."),
        new("hw.gpu.process.memory.share", "1", MetricKind.Gauge, "gpu", "nvmlDeviceGetComputeRunningProcesses, nvmlDeviceGetMemoryInfo_v2", "That memory over all of the GPU's memory."),
        Share("hw.gpu.process.utilization.sm", "smUtil", "Share of the streaming multiprocessors' time that the process had."),
        Share("hw.gpu.process.utilization.memory", "memUtil", "Share of the memory's time that the process had."),
        Share("hw.gpu.process.utilization.encoder", "encUtil", "Share of the video encoders' time that the process had."),
        Share("hw.gpu.process.utilization.decoder", "decUtil", "Share of the video decoders' time that the process had."),
    ];

    private static MetricDefinition Share(string name, string field, string description) =>
        new(name, "1", MetricKind.Gauge, "gpu", $"nvmlDeviceGetProcessUtilization {field}", description);
}
