using Headroom.Oversubscription.Power.Live;

namespace Headroom.Jobs.Power;

/// <summary>The metrics that tell of a host's power.</summary>
internal static class PowerSensors
{
    /// <summary>Busy share of all CPUs, for hosts without a power sensor.</summary>
    public const string CpuUtilization = "system.cpu.utilization";

    /// <summary>Metrics of a host, in the order <see cref="Of"/> takes their values.</summary>
    public static IReadOnlyList<string> HostMetrics { get; } = ["hw.host.power", "hw.power.platform", "hw.power.cpu.package", "hw.power.memory", CpuUtilization];

    /// <summary>Metrics of a GPU.</summary>
    public static IReadOnlyList<string> GpuMetrics { get; } = ["hw.gpu.power"];

    /// <summary>What a host reports.</summary>
    /// <param name="values">A value per host metric; null where there is none.</param>
    /// <param name="gpus">Power of every GPU, W; null where it is not known.</param>
    public static HostSensors Of(IReadOnlyList<double?> values, IEnumerable<double?> gpus) =>
        new(values[0], values[1], values[2], values[3], gpus.OfType<double>().ToArray() is { Length: > 0 } known ? known.Sum() : null, values[4]);
}
