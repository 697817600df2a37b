using Headroom.MemoryPlacement.Costs;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>What a kind of memory does where nobody measured it: calibrated for DRAM and CXL, stated for the rest.</summary>
public static class TierDefaults
{
    public static MemoryTier Of(TierKind kind)
    {
        var costs = CalibratedCosts.Default;
        var adam = costs.Adam.Alone;
        var read = costs.Copies.Curves[CopyDirection.HostToGpu];
        var write = costs.Copies.Curves[CopyDirection.GpuToHost];
        return kind switch
        {
            TierKind.Dram => new("dram", kind, 0, 0, adam.DramBytesPerSecond, adam.DramBytesPerSecond / 2, adam.DramBytesPerSecond / 2, 110e-9, costs.Source),
            TierKind.Cxl => new("cxl", kind, null, 0, adam.CxlBytesPerSecond, read.CardBytesPerSecond, write.CardBytesPerSecond, 210e-9, costs.Source),
            TierKind.Nvme => new("nvme", kind, null, 0, 5.5e9, 12.4e9, 3.7e9, 80e-6, "one measured asynchronous transfer of 8 MiB: 12.4 GB/s read, 3.7 GB/s written"),
            _ => new("remote", kind, null, 0, 10e9, 10e9, 10e9, 3e-6, "stated: a 100 Gbit/s network at four fifths"),
        };
    }
}
