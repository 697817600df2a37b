using Google.OrTools.LinearSolver;
using Headroom.MemoryPlacement.Steps;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Allocators;

/// <summary>
/// Minimises the predicted step time under the capacities, exactly: for every tensor a whole number of sixteenths in DRAM, on all cards, on one card or
/// on storage (what weighted interleaving can realise), for every phase a time that is at least each of its loads. The other allocators' placements are
/// candidates too, so the answer is never slower than theirs.
/// </summary>
public sealed class OptimalAllocator : IPlacementAllocator
{
    private const int Parts = 16;
    private const int TimeLimitMilliseconds = 1_000;
    private const double Mebibyte = 1 << 20;

    /// <summary>Seconds per MiB in a slower tier, to choose the more local of equally fast placements: far below any difference of step time.</summary>
    private const double TieBreak = 1e-11;

    public string Name => PlacementAllocators.Optimal;

    public Placement? Allocate(PlacementProblem problem)
    {
        var others = PlacementAllocators.All.Where(allocator => allocator is not OptimalAllocator).Select(allocator => allocator.Allocate(problem));
        return others.Append(Solve(problem)).OfType<Placement>().Where(placement => placement.Fits).MinBy(placement => problem.Steps.Seconds(placement));
    }

    private static Placement? Solve(PlacementProblem problem)
    {
        using var solver = SolverLibrary.Create();
        solver.SetTimeLimit(TimeLimitMilliseconds);
        var places = Places(problem.Tiers).ToArray();
        var parts = problem.Tensors.Select((_, tensor) => places.Select((_, place) => solver.MakeIntVar(0, Parts, $"n{tensor}.{place}")).ToArray()).ToArray();
        foreach (var one in parts)
        {
            solver.Add(one.Sum() == Parts);
        }

        // Share of a tensor on a tier as an expression; the sum of all of them weighted is every load and every budget.
        LinearExpr Weighted(Func<int, int, double> weight) => parts.SelectMany((one, tensor) => one.Select((count, place) =>
            count * (Enumerable.Range(0, problem.Tiers.Count).Sum(tier => places[place][tier] * weight(tensor, tier)) / Parts))).ToArray().Sum();

        for (var tier = 0; tier < problem.Tiers.Count; tier++)
        {
            var bounded = tier;
            solver.Add(Weighted((tensor, at) => at == bounded ? problem.Tensors[tensor].Bytes / Mebibyte : 0) <= problem.Free(tier) / Mebibyte);
        }

        var step = problem.Steps.Phases.Select(phase => Time(solver, phase, Weighted)).ToArray().Sum();
        solver.Minimize(step + Weighted((tensor, tier) => problem.Tiers[tier].IsLocal ? 0 : TieBreak * problem.Tensors[tensor].Bytes / Mebibyte));
        using var precision = new MPSolverParameters();
        precision.SetDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 1e-5);
        return solver.Solve(precision) is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE
            ? problem.Place([.. parts.Select((one, tensor) => Bytes(problem.Tensors[tensor].Bytes, places, [.. one.Select(count => Math.Round(count.SolutionValue()))]))])
            : null;
    }

    private static Variable Time(Solver solver, StepPhase phase, Func<Func<int, int, double>, LinearExpr> weighted)
    {
        var time = solver.MakeNumVar(phase.ComputeSeconds, double.PositiveInfinity, phase.Name);
        foreach (var load in phase.Loads)
        {
            solver.Add(time >= weighted((tensor, tier) => load.SecondsPerShare[tensor][tier]) + load.FixedSeconds);
        }

        return time;
    }

    /// <summary>Where parts of a tensor can go, as shares of the tiers: DRAM, all cards striped, one card where they differ, one storage.</summary>
    private static IEnumerable<double[]> Places(IReadOnlyList<MemoryTier> tiers)
    {
        var cards = tiers.Where(tier => tier.Kind == TierKind.Cxl).ToArray();
        yield return Shares(tiers, tier => tier.IsLocal, tier => tier.CapacityBytes);
        if (cards.Length > 1)
        {
            yield return Shares(tiers, tier => tier.Kind == TierKind.Cxl, _ => 1);
        }

        var alike = cards.Length > 1 && cards.Select(card => card with { Name = "", NumaNode = 0 }).Distinct().Count() == 1;
        foreach (var single in tiers.Where(tier => !tier.IsLocal && !(alike && tier.Kind == TierKind.Cxl)))
        {
            yield return Shares(tiers, tier => tier == single, _ => 1);
        }
    }

    private static double[] Shares(IReadOnlyList<MemoryTier> tiers, Func<MemoryTier, bool> which, Func<MemoryTier, double> weight)
    {
        var total = tiers.Where(which).Sum(weight);
        return [.. tiers.Select(tier => which(tier) ? weight(tier) / total : 0)];
    }

    private static long[] Bytes(long whole, double[][] places, double[] counts)
    {
        var shares = places[0].Select((_, tier) => places.Select((place, index) => place[tier] * counts[index]).Sum() / Parts).ToArray();
        var bytes = shares.Select(share => (long)(share * whole)).ToArray();
        bytes[Array.IndexOf(shares, shares.Max())] += whole - bytes.Sum();
        return bytes;
    }
}
