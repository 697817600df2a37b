namespace Headroom.MemoryPlacement.Offload;

/// <summary>The four fixes of MemAscend (arXiv 2505.23254), each by itself.</summary>
/// <param name="AdaptivePool">Sub-pools per shape instead of equal buffers as large as the largest tensor.</param>
/// <param name="AlignedPinning">Pinned memory of the requested size instead of the next power of two.</param>
/// <param name="FusedOverflowCheck">One pass in place instead of full-size temporaries.</param>
/// <param name="DirectNvme">Raw block reads instead of a file system with staging.</param>
public sealed record MemAscendFixes(bool AdaptivePool, bool AlignedPinning, bool FusedOverflowCheck, bool DirectNvme)
{
    public static MemAscendFixes None { get; } = new(false, false, false, false);

    public static MemAscendFixes All { get; } = new(true, true, true, true);

    /// <summary>Each fix alone, by name, in the paper's order.</summary>
    public static IReadOnlyList<(string Name, MemAscendFixes Fix)> OneByOne { get; } =
    [
        ("adaptive pool", None with { AdaptivePool = true }),
        ("aligned pinning", None with { AlignedPinning = true }),
        ("fused overflow check", None with { FusedOverflowCheck = true }),
        ("direct NVMe", None with { DirectNvme = true }),
    ];
}
