namespace Headroom.MemoryPlacement.Tiers;

/// <summary>
/// Machines to buy: one or two sockets with 16 DIMMs each, zero to four CXL cards with eight DIMMs each. Prices of CPU and DIMMs in USD as in the
/// price model of Weisgut et al. (VLDB 2025); chassis and GPUs are not in it.
/// </summary>
public static class MachineCatalogue
{
    private const double CpuUsd = 4_000;
    private const int DimmsPerSocket = 16;
    private const double CardUsd = 8 * 650;
    private const double Gibibyte = 1L << 30;
    private const double CardBytes = 1_024 * Gibibyte;
    private const string Source = "price model of Weisgut et al., VLDB 2025; bandwidths calibrated";

    private static readonly (int GiB, double Usd)[] Dimms = [(16, 85), (32, 137), (64, 346), (128, 948), (256, 3_200)];

    /// <summary>Every machine of the catalogue with these GPUs, cheapest first.</summary>
    public static IReadOnlyList<MachineSpec> With(GpuSpec gpu) =>
    [
        .. (from sockets in Enumerable.Range(1, 2)
            from dimm in Dimms
            from cards in Enumerable.Range(0, 5)
            select Machine(gpu, sockets, dimm, cards)).OrderBy(machine => machine.PriceUsd),
    ];

    /// <summary>DRAM of this many GiB and these CXL cards, for examples and evaluations; no price.</summary>
    public static MachineSpec Of(GpuSpec gpu, double dramGiB, int cards, double cardGiB, double? overheadBytes = null) => new(
        FormattableString.Invariant($"{dramGiB:0} GiB DRAM, {cards} x {cardGiB:0} GiB CXL"), gpu, [Dram(dramGiB * Gibibyte), .. Cards(cards, cardGiB * Gibibyte)],
        overheadBytes ?? MachineSpec.DefaultOverheadBytes, null, "catalogue");

    private static MachineSpec Machine(GpuSpec gpu, int sockets, (int GiB, double Usd) dimm, int cards)
    {
        var dram = sockets * DimmsPerSocket * dimm.GiB;
        return new MachineSpec(
            $"{sockets} socket{(sockets > 1 ? "s" : "")}, {dram:N0} GiB DRAM{(cards > 0 ? $", {cards} x 1,024 GiB CXL" : "")}", gpu, [Dram(dram * Gibibyte), .. Cards(cards, CardBytes)],
            MachineSpec.DefaultOverheadBytes, (sockets * (CpuUsd + (DimmsPerSocket * dimm.Usd))) + (cards * CardUsd), Source);
    }

    private static MemoryTier Dram(double bytes) => TierDefaults.Of(TierKind.Dram) with { Name = "dram0", NumaNode = 0, CapacityBytes = bytes };

    private static IEnumerable<MemoryTier> Cards(int cards, double bytes) => Enumerable.Range(0, cards)
        .Select(card => TierDefaults.Of(TierKind.Cxl) with { Name = $"cxl{card}", NumaNode = card + 1, CapacityBytes = bytes });
}
