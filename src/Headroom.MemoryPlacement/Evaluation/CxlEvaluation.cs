using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Evaluation;

/// <summary>One simulated case of arXiv 2507.03305's protocol.</summary>
/// <param name="Cards">CXL cards.</param>
/// <param name="Model">Model.</param>
/// <param name="Gpus">GPUs.</param>
/// <param name="MicroBatch">Sequences per GPU.</param>
/// <param name="ContextTokens">Tokens of a sequence.</param>
/// <param name="DramOnlySeconds">Step with DRAM for everything.</param>
/// <param name="NaiveSeconds">Step with naive interleaving.</param>
/// <param name="AwareSeconds">Step with the latency-first policy.</param>
/// <param name="OptimalSeconds">Step with the optimal placement.</param>
public sealed record CxlCase(
    int Cards, string Model, int Gpus, int MicroBatch, long ContextTokens, double DramOnlySeconds, double? NaiveSeconds, double? AwareSeconds, double? OptimalSeconds);

/// <summary>
/// The paper's comparison in our simulation: its four models, batches and contexts, one or two GPUs, DRAM limited to 128 GiB (our assumption, the paper's
/// budget is not published), 512 GiB of CXL on one card or two.
/// </summary>
public static class CxlEvaluation
{
    public const double DramGibibytes = 128;
    public const double CxlGibibytes = 512;
    private const string Gpu = "RTX 5090";

    private static readonly (int Batch, long Tokens)[] Loads = [(1, 4_096), (8, 4_096), (16, 4_096), (1, 32_768), (2, 32_768), (3, 32_768)];

    public static IReadOnlyList<CxlCase> Run(PlacementPlanner planner, CancellationToken cancellationToken)
    {
        var cases = new List<CxlCase>();
        foreach (var cards in Enumerable.Range(1, 2))
        {
            foreach (var model in SampleModels.CxlPaper.Select(name => (Name: name, Shape: SampleModels.Read(name))))
            {
                foreach (var gpus in Enumerable.Range(1, 2))
                {
                    var machine = MachineCatalogue.Of(GpuCatalogue.Named(Gpu, gpus), DramGibibytes, cards, CxlGibibytes / cards);
                    foreach (var (batch, tokens) in Loads)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        var plan = planner.Plan(model.Shape, new TrainingRun(batch, tokens, gpus), machine);
                        double? Seconds(string allocator) => plan.Placements.Single(one => one.Allocator == allocator).StepSeconds;
                        cases.Add(new CxlCase(
                            cards, model.Name, gpus, batch, tokens, plan.DramOnlySeconds,
                            Seconds(PlacementAllocators.NaiveInterleaving), Seconds(PlacementAllocators.CxlAware), Seconds(PlacementAllocators.Optimal)));
                    }
                }
            }
        }

        return cases;
    }

    /// <summary>The models of the paper's abstract, of 7B and 12B.</summary>
    public static bool InAbstract(CxlCase one) => one.Model is "qwen2.5-7b" or "mistral-nemo-12b";
}
