using FsCheck;
using FsCheck.Fluent;
using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Allocators;

public sealed class AllocatorLawTests
{
    private static PlacementPlan Plan(string model, int sequences, long tokens, int gpus, double dram, int cards, double card) => PlacementPlanner.Default.Plan(
        SampleModels.Read(model), new TrainingRun(sequences, tokens, gpus), MachineCatalogue.Of(GpuCatalogue.Named("RTX 5090", gpus), dram, cards, card));

    [Fact]
    public void Every_byte_is_placed_once_no_tier_overflows_and_ours_is_never_slower()
    {
        var cases = from model in Gen.Elements("qwen2.5-7b", "mistral-nemo-12b", "lfm2.5-8b-a1b")
                    from sequences in Gen.Choose(1, 16)
                    from tokens in Gen.Elements(4096, 32_768)
                    from gpus in Gen.Choose(1, 2)
                    from dram in Gen.Choose(16, 400)
                    from cards in Gen.Choose(0, 3)
                    from card in Gen.Choose(64, 512)
                    select Plan(model, sequences, tokens, gpus, dram, cards, card);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(cases.ToArbitrary(), plan =>
        {
            foreach (var placement in plan.Placements.Select(one => one.Placement).OfType<Placement>())
            {
                Assert.True(placement.Fits);
                Assert.All(placement.Tensors.Zip(placement.Bytes), pair => Assert.Equal(pair.First.Bytes, pair.Second.Sum()));
            }

            var optimal = plan.Placements.Single(one => one.Allocator == PlacementAllocators.Optimal);
            Assert.All(plan.Placements.Where(one => one.StepSeconds is not null), one => Assert.True(optimal.StepSeconds <= one.StepSeconds * (1 + 1e-6)));
        }));
    }

    [Fact]
    public void More_memory_of_any_kind_never_makes_the_best_step_slower()
    {
        var small = Plan("mistral-nemo-12b", 1, 4096, 1, 128, 1, 512).Best!.StepSeconds;
        Assert.True(Plan("mistral-nemo-12b", 1, 4096, 1, 192, 1, 512).Best!.StepSeconds <= small + 1e-9);
        Assert.True(Plan("mistral-nemo-12b", 1, 4096, 1, 128, 2, 512).Best!.StepSeconds <= small + 1e-9);
    }

    [Fact]
    public void Everything_in_dram_is_the_dram_only_step()
    {
        var plan = Plan("qwen2.5-7b", 1, 4096, 1, 512, 0, 0);
        Assert.Equal(plan.DramOnlySeconds, plan.Best!.StepSeconds!.Value, 9);
        Assert.Equal(1, plan.Best.ShareOfDramOnly!.Value, 9);
    }

    [Fact]
    public void An_unknown_allocator_is_told_which_there_are() =>
        Assert.Contains("cxl-aware", Assert.Throws<MemoryInputException>(() => PlacementAllocators.Named("magic")).Message, StringComparison.Ordinal);
}
