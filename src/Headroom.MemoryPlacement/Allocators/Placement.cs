using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Allocators;

/// <summary>Bytes of every tensor on every tier.</summary>
/// <param name="Tensors">The tensors, in the order of the policy.</param>
/// <param name="Tiers">The tiers, in the machine's order.</param>
/// <param name="Bytes">Tensor x tier, bytes.</param>
/// <param name="Reserved">Framework overhead per tier, bytes.</param>
public sealed record Placement(IReadOnlyList<HostTensor> Tensors, IReadOnlyList<MemoryTier> Tiers, long[][] Bytes, double[] Reserved)
{
    /// <summary>Peak of a tier.</summary>
    public double PeakBytes(int tier) => Reserved[tier] + Bytes.Sum(row => row[tier]);

    public bool Fits => Enumerable.Range(0, Tiers.Count).All(tier => PeakBytes(tier) <= Tiers[tier].CapacityBytes);

    /// <summary>Share of a tensor on a tier, 0 to 1.</summary>
    public double Share(int tensor, int tier) => Tensors[tensor].Bytes == 0 ? 0 : (double)Bytes[tensor][tier] / Tensors[tensor].Bytes;

    /// <summary>Bytes of a tensor in DRAM.</summary>
    public long LocalBytes(int tensor) => Bytes[tensor].Where((_, tier) => Tiers[tier].IsLocal).Sum();

    public double[][] Shares() => [.. Tensors.Select((_, tensor) => Enumerable.Range(0, Tiers.Count).Select(tier => Share(tensor, tier)).ToArray())];
}

/// <summary>What an allocator works with.</summary>
/// <param name="Tensors">What to place.</param>
/// <param name="Tiers">Where it may go.</param>
/// <param name="Reserved">Bytes of every tier that are taken already.</param>
/// <param name="Steps">Predicts the step time of a placement.</param>
public sealed record PlacementProblem(IReadOnlyList<HostTensor> Tensors, IReadOnlyList<MemoryTier> Tiers, double[] Reserved, Steps.StepProgram Steps)
{
    public long Free(Func<MemoryTier, bool> which) => (long)Enumerable.Range(0, Tiers.Count).Where(tier => which(Tiers[tier])).Sum(Free);

    public double Free(int tier) => Math.Max(0, Tiers[tier].CapacityBytes - Reserved[tier]);

    public int Count(TierKind kind) => Tiers.Count(tier => tier.Kind == kind);

    /// <summary>Splits bytes over the tiers of a kind: DRAM nodes by their size, cards in equal parts; the first takes what does not divide.</summary>
    public void Spread(long bytes, TierKind kind, long[] into)
    {
        var tiers = Enumerable.Range(0, Tiers.Count).Where(tier => Tiers[tier].Kind == kind).ToArray();
        var total = tiers.Sum(tier => kind == TierKind.Dram ? Tiers[tier].CapacityBytes : 1);
        var left = bytes;
        foreach (var tier in tiers.Skip(1))
        {
            var part = (long)(bytes * (kind == TierKind.Dram ? Tiers[tier].CapacityBytes : 1) / total);
            into[tier] += part;
            left -= part;
        }

        into[tiers[0]] += left;
    }

    public Placement Place(long[][] bytes) => new(Tensors, Tiers, bytes, Reserved);
}

/// <summary>A way to decide where tensors live.</summary>
public interface IPlacementAllocator
{
    string Name { get; }

    /// <summary>A placement that fits, or null when this way finds none.</summary>
    Placement? Allocate(PlacementProblem problem);
}

/// <summary>The allocators by name.</summary>
public static class PlacementAllocators
{
    public const string LocalOnly = "local-only";
    public const string NaiveInterleaving = "naive-interleaving";
    public const string CxlAware = "cxl-aware";
    public const string Optimal = "optimal";

    public static IReadOnlyList<IPlacementAllocator> All { get; } = [new LocalOnlyAllocator(), new NaiveInterleavingAllocator(), new CxlAwareAllocator(), new OptimalAllocator()];

    /// <exception cref="MemoryInputException">No allocator has that name; the message lists those there are.</exception>
    public static IPlacementAllocator Named(string name) => All.FirstOrDefault(allocator => allocator.Name == name)
        ?? throw new MemoryInputException($"Expected one of {string.Join(", ", All.Select(allocator => allocator.Name))}, got '{name}'.");
}
