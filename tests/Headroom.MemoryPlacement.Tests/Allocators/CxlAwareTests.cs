using Headroom.MemoryPlacement.Allocators;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Planning;
using Headroom.MemoryPlacement.Tiers;

namespace Headroom.MemoryPlacement.Tests.Allocators;

public sealed class CxlAwareTests
{
    private const long Gibibyte = 1L << 30;

    private static PlacementProblem Problem(string model, TrainingRun run, double dram, int cards, double card) =>
        PlacementPlanner.Default.Problem(SampleModels.Read(model), run, MachineCatalogue.Of(GpuCatalogue.Named("RTX 5090", run.Gpus), dram, cards, card, overheadBytes: 0));

    [Fact]
    public void The_tutorial_example_is_placed_to_the_byte()
    {
        var placement = new CxlAwareAllocator().Allocate(Problem("lfm2.5-8b-a1b", new TrainingRun(1, 4096), 100, 1, 256))!;
        const long state = 4L * 8_474_147_584;
        const long left = (100 * Gibibyte) - (3 * state);
        Assert.Equal([state, state, state, left, 0, 0, 0], placement.Tensors.Select((_, index) => placement.LocalBytes(index)));
        Assert.Equal([0, 0, 0, state - left, state / 2, 2L * 4096 * 2048 * 24, state / 2], placement.Tensors.Select((tensor, index) => tensor.Bytes - placement.LocalBytes(index)));
        Assert.Equal(100.0 * Gibibyte, placement.PeakBytes(0));
        Assert.Equal(197.78, 256 - (placement.PeakBytes(1) / Gibibyte), 0.005);
    }

    [Fact]
    public void A_local_budget_that_outlives_an_interleaved_tensor_serves_later_ones()
    {
        // One tensor is interleaved by halves while more than its half is free; the rest stays for those after it.
        var placement = new CxlAwareAllocator().Allocate(Problem("lfm2.5-8b-a1b", new TrainingRun(1, 4096), 120, 1, 256))!;
        var weights = placement.Tensors[3].Bytes;
        Assert.Equal(weights / 2, placement.LocalBytes(3));
        Assert.InRange(placement.LocalBytes(4), 1, placement.Tensors[4].Bytes - 1);
        Assert.Equal(placement.Tensors[5].Bytes, placement.LocalBytes(5) + placement.Bytes[5][1]);
    }

    [Fact]
    public void Several_cards_take_equal_parts()
    {
        var placement = new CxlAwareAllocator().Allocate(Problem("mistral-nemo-12b", new TrainingRun(1, 4096), 64, 2, 256))!;
        Assert.All(placement.Bytes, row => Assert.InRange(Math.Abs(row[1] - row[2]), 0, 1));
    }

    [Fact]
    public void Too_little_memory_is_no_placement()
    {
        Assert.Null(new CxlAwareAllocator().Allocate(Problem("mistral-nemo-12b", new TrainingRun(1, 4096), 64, 1, 128)));
        Assert.Null(new CxlAwareAllocator().Allocate(Problem("mistral-nemo-12b", new TrainingRun(1, 4096), 64, 0, 0)));
        Assert.Null(new NaiveInterleavingAllocator().Allocate(Problem("mistral-nemo-12b", new TrainingRun(1, 4096), 64, 1, 128)));
        Assert.Null(new OptimalAllocator().Allocate(Problem("mistral-nemo-12b", new TrainingRun(1, 4096), 64, 1, 128)));
    }
}
