using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Allocators;

/// <summary>Everything in DRAM, as without any other tier.</summary>
public sealed class LocalOnlyAllocator : IPlacementAllocator
{
    public string Name => PlacementAllocators.LocalOnly;

    public Placement? Allocate(PlacementProblem problem) => Unlimited(problem) is { Fits: true } placement ? placement : null;

    /// <summary>The same whether it fits or not: what other placements are measured against.</summary>
    public static Placement Unlimited(PlacementProblem problem) => problem.Place([.. problem.Tensors.Select(tensor =>
    {
        var bytes = new long[problem.Tiers.Count];
        problem.Spread(tensor.Bytes, TierKind.Dram, bytes);
        return bytes;
    })]);
}
