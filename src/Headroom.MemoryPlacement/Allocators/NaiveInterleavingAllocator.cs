namespace Headroom.MemoryPlacement.Allocators;

/// <summary>Every tensor page by page over all byte-addressable nodes, as Linux interleaves; a full node is left out.</summary>
public sealed class NaiveInterleavingAllocator : IPlacementAllocator
{
    public string Name => PlacementAllocators.NaiveInterleaving;

    public Placement? Allocate(PlacementProblem problem)
    {
        var free = Enumerable.Range(0, problem.Tiers.Count).Select(tier => problem.Tiers[tier].NumaNode is null ? 0 : (long)problem.Free(tier)).ToArray();
        var bytes = new List<long[]>();
        foreach (var tensor in problem.Tensors)
        {
            var row = new long[free.Length];
            var left = tensor.Bytes;
            while (left > 0)
            {
                var open = Enumerable.Range(0, free.Length).Where(tier => free[tier] > 0).ToArray();
                if (open.Length == 0)
                {
                    return null;
                }

                var part = Math.Max(1, left / open.Length);
                foreach (var tier in open)
                {
                    var taken = Math.Min(Math.Min(part, free[tier]), left);
                    (row[tier], free[tier], left) = (row[tier] + taken, free[tier] - taken, left - taken);
                }
            }

            bytes.Add(row);
        }

        return problem.Place([.. bytes]);
    }
}
