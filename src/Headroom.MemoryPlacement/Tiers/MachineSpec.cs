namespace Headroom.MemoryPlacement.Tiers;

public enum TierKind
{
    Dram,
    Cxl,
    Nvme,
    Remote,
}

/// <summary>One place host tensors can live.</summary>
/// <param name="Name">Name in plans.</param>
/// <param name="Kind">What it is.</param>
/// <param name="NumaNode">NUMA node that <c>numactl</c> knows it by; null for storage.</param>
/// <param name="CapacityBytes">Room for tensors.</param>
/// <param name="StreamBytesPerSecond">What the CPU streams in a mix of reads and writes.</param>
/// <param name="GpuReadBytesPerSecond">What all GPUs together copy from it.</param>
/// <param name="GpuWriteBytesPerSecond">What all GPUs together copy to it.</param>
/// <param name="LatencySeconds">Idle latency of one access; null when unknown.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record MemoryTier(
    string Name, TierKind Kind, int? NumaNode, double CapacityBytes, double StreamBytesPerSecond,
    double GpuReadBytesPerSecond, double GpuWriteBytesPerSecond, double? LatencySeconds, string Source)
{
    public bool IsLocal => Kind == TierKind.Dram;
}

/// <summary>The GPUs of a machine.</summary>
/// <param name="Model">Name.</param>
/// <param name="Count">How many.</param>
/// <param name="MemoryBytes">HBM or GDDR of one.</param>
/// <param name="FlopsPerSecond">Dense bf16 peak of one.</param>
/// <param name="Utilization">Share of the peak that training reaches, stated.</param>
/// <param name="LinkBytesPerSecond">PCIe or NVLink of one, each direction.</param>
public sealed record GpuSpec(string Model, int Count, double MemoryBytes, double FlopsPerSecond, double Utilization, double LinkBytesPerSecond);

/// <summary>A machine as far as placement depends on it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Gpu">Its GPUs.</param>
/// <param name="Tiers">Its memories, local DRAM first.</param>
/// <param name="OverheadBytes">Host memory of the framework, wherever tensors go.</param>
/// <param name="PriceUsd">CPU and memory of the host; null when unknown.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record MachineSpec(string Name, GpuSpec Gpu, IReadOnlyList<MemoryTier> Tiers, double OverheadBytes, double? PriceUsd, string Source)
{
    /// <summary>Host memory of a training framework beside its tensors (arXiv 2507.03305 pins about this much away).</summary>
    public const double DefaultOverheadBytes = 30 * Gibibyte;

    internal const double Gibibyte = 1L << 30;

    public IEnumerable<MemoryTier> Local => Tiers.Where(tier => tier.IsLocal);

    public double LocalBytes => Local.Sum(tier => tier.CapacityBytes);
}
