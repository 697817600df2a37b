namespace Headroom.Cli.Commands.Bench.Ingest.Foreign;

/// <summary>One quantity of a machine as node_exporter and as OpenTelemetry name it.</summary>
/// <param name="NodeName">Name of the series of node_exporter.</param>
/// <param name="NodeLabels">Its labels, in order of their names.</param>
/// <param name="OtelName">Name of the metric of OpenTelemetry.</param>
/// <param name="OtelAttributes">Attributes of its points.</param>
/// <param name="IsCounter">Whether it only grows.</param>
internal sealed record MachineSeries(
    string NodeName,
    IReadOnlyList<(string Name, string Value)> NodeLabels,
    string OtelName,
    IReadOnlyList<(string Name, string Value)> OtelAttributes,
    bool IsCounter)
{
    /// <summary>CPUs, disks and interfaces: each has rows of its own from the second second on, when there are rates.</summary>
    public const int PartCount = 8 + 2 + 2;

    private static readonly string[] CpuModes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];

    /// <summary>What both sources tell of a machine of eight CPUs, two disks and two interfaces.</summary>
    public static IReadOnlyList<MachineSeries> All { get; } =
    [
        .. Enumerable.Range(0, 8).SelectMany(Cpu),
        Host("node_load1", "system.cpu.load_average.1m"),
        Host("node_load5", "system.cpu.load_average.5m"),
        Host("node_load15", "system.cpu.load_average.15m"),
        Memory("node_memory_AnonPages_bytes", "used"),
        Memory("node_memory_MemFree_bytes", "free"),
        Memory("node_memory_Buffers_bytes", "buffered"),
        Memory("node_memory_Cached_bytes", "cached"),
        .. new[] { "sda", "sdb" }.SelectMany(Disk),
        .. new[] { "eth0", "eth1" }.SelectMany(Interface),
    ];

    private static IEnumerable<MachineSeries> Cpu(int number) => CpuModes.Select(mode =>
        new MachineSeries("node_cpu_seconds_total", [("cpu", $"{number}"), ("mode", mode)], "system.cpu.time", [("cpu", $"cpu{number}"), ("state", mode)], IsCounter: true));

    private static MachineSeries Host(string node, string otel) => new(node, [], otel, [], IsCounter: false);

    private static MachineSeries Memory(string node, string state) => new(node, [], "system.memory.usage", [("state", state)], IsCounter: false);

    private static IEnumerable<MachineSeries> Disk(string device)
    {
        MachineSeries Of(string node, string otel, string direction) => new(node, [("device", device)], otel, [("device", device), ("direction", direction)], IsCounter: true);
        return
        [
            Of("node_disk_read_bytes_total", "system.disk.io", "read"), Of("node_disk_written_bytes_total", "system.disk.io", "write"),
            Of("node_disk_reads_completed_total", "system.disk.operations", "read"), Of("node_disk_writes_completed_total", "system.disk.operations", "write"),
            Of("node_disk_read_time_seconds_total", "system.disk.operation_time", "read"), Of("node_disk_write_time_seconds_total", "system.disk.operation_time", "write"),
            Of("node_disk_reads_merged_total", "system.disk.merged", "read"), Of("node_disk_writes_merged_total", "system.disk.merged", "write"),
        ];
    }

    private static IEnumerable<MachineSeries> Interface(string device)
    {
        MachineSeries Of(string node, string otel, string direction) =>
            new($"node_network_{direction}_{node}_total", [("device", device)], $"system.network.{otel}", [("device", device), ("direction", direction)], IsCounter: true);
        return
        [
            Of("bytes", "io", "receive"), Of("bytes", "io", "transmit"), Of("packets", "packets", "receive"), Of("packets", "packets", "transmit"),
            Of("errs", "errors", "receive"), Of("errs", "errors", "transmit"), Of("drop", "dropped", "receive"), Of("drop", "dropped", "transmit"),
        ];
    }
}
