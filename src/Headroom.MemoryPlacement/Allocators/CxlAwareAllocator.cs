using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Allocators;

/// <summary>
/// The latency-first policy of arXiv 2507.03305 (its published allocator): walk the priority levels; a tensor that fits the local budget is local;
/// else, while local budget remains, it is interleaved over DRAM and all cards in equal parts (at most what remains is local); else over all cards.
/// A local budget may survive the second case, so a later small tensor can still be all local.
/// </summary>
public sealed class CxlAwareAllocator : IPlacementAllocator
{
    public string Name => PlacementAllocators.CxlAware;

    public Placement? Allocate(PlacementProblem problem)
    {
        var cards = problem.Count(TierKind.Cxl);
        var local = problem.Free(tier => tier.Kind == TierKind.Dram);
        var cxl = problem.Free(tier => tier.Kind == TierKind.Cxl);
        var bytes = problem.Tensors.Select(_ => new long[problem.Tiers.Count]).ToArray();
        foreach (var (tensor, index) in problem.Tensors.Select((tensor, index) => (tensor, index)).OrderBy(pair => pair.tensor.Priority))
        {
            var here = tensor.Bytes <= local ? tensor.Bytes : Math.Min(local, tensor.Bytes / (1 + cards));
            local -= here;
            cxl -= tensor.Bytes - here;
            problem.Spread(here, TierKind.Dram, bytes[index]);
            if (tensor.Bytes > here)
            {
                if (cards == 0)
                {
                    return null;
                }

                problem.Spread(tensor.Bytes - here, TierKind.Cxl, bytes[index]);
            }
        }

        return cxl < 0 || problem.Place(bytes) is not { Fits: true } placement ? null : placement;
    }
}
