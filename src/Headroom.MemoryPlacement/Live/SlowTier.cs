using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Live;

/// <summary>The slower memory that a running host has, or could be given.</summary>
/// <param name="Name">Node, or what it would be.</param>
/// <param name="IsPresent">Whether the host has it.</param>
/// <param name="FreeBytes">Room in it; null when it is not there.</param>
/// <param name="LatencyRatio">Its latency over that of DRAM.</param>
/// <param name="LatencyRatioUpper">Upper end of that ratio.</param>
/// <param name="Source">Where the ratio comes from.</param>
public sealed record SlowTier(string Name, bool IsPresent, double? FreeBytes, double LatencyRatio, double LatencyRatioUpper, string Source)
{
    /// <summary>Idle latencies of DRAM and CXL cards: 80 to 140 ns and 170 to 250 ns (secondary source on arXiv 2507.03305).</summary>
    private const double FastestDramNs = 80;
    private const double SlowestCardNs = 250;

    /// <summary>Firmware tells latencies of idle memory; under load a card slows down more.</summary>
    private const double FirmwareMargin = 1.25;

    /// <summary>The largest node without CPUs, by firmware's latencies where it tells them; else a card that could be added.</summary>
    /// <param name="memories">What the machine reports.</param>
    /// <param name="freeBytes">Free memory by node.</param>
    public static SlowTier Of(IReadOnlyList<ReportedMemory> memories, IReadOnlyDictionary<string, double> freeBytes)
    {
        var (dram, cxl) = (TierDefaults.Of(TierKind.Dram).LatencySeconds!.Value, TierDefaults.Of(TierKind.Cxl).LatencySeconds!.Value);
        var ratio = cxl / dram;
        const double upper = SlowestCardNs / FastestDramNs;
        if (memories.Where(memory => memory.Kind == TierKind.Cxl).MaxBy(memory => memory.CapacityBytes) is not { } card)
        {
            return new SlowTier("a CXL card, if one were added", false, null, ratio, upper, "stated latencies: DRAM 110 ns (80 to 140), CXL 210 ns (170 to 250)");
        }

        var free = freeBytes.TryGetValue(card.Name, out var bytes) ? bytes : card.CapacityBytes;
        var local = memories.Where(memory => memory.Kind == TierKind.Dram).Min(memory => memory.LatencySeconds);
        return card.LatencySeconds / local is { } told and > 1
            ? new SlowTier(card.Name, true, free, told, 1 + ((told - 1) * FirmwareMargin), "the firmware's latencies of both nodes (HMAT)")
            : new SlowTier(card.Name, true, free, ratio, upper, "stated latencies: the firmware tells none for this node");
    }
}
