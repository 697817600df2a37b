using FsCheck;
using FsCheck.Fluent;
using Headroom.MemoryPlacement.Offload;

namespace Headroom.MemoryPlacement.Tests.Offload;

public sealed class StallTests
{
    private static readonly LayerTimes Laptops = new(0.011, 0.017, 0.014, 0.018, 0.030, 32);

    [Fact]
    public void The_worked_example_of_four_laptops_fails_tight_and_holds_loose_by_form_B()
    {
        var verdict = StallConditions.Check(Laptops);
        Assert.False(verdict.Tight);
        Assert.True(verdict.Loose);
        Assert.True(verdict.SteadyState);
        Assert.True(verdict.FormB);
        Assert.False(verdict.FormA);
    }

    [Theory]
    [InlineData(2, 1.95)]
    [InlineData(4, 2.35)]
    [InlineData(6, 2.75)]
    public void The_master_of_a_70B_model_needs_as_much_as_reported(int window, double gibibytes) => Assert.Equal(
        gibibytes, StallConditions.PeakBytes(window, 8192, 28_672, 64, 8, 1.0 / 8, 4, 32_000) / (1L << 30), 0.01);

    [Fact]
    public void Tight_means_no_stall_in_the_exact_simulation()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(10_000), Prop.ForAll(Times().ToArbitrary(), times =>
            !StallConditions.Check(times).Tight || PrefetchSimulation.StallSeconds(PrefetchSimulation.Run(PrefetchSimulation.Blocks(times), 2 * times.Layers)) < 1e-9));
    }

    [Fact]
    public void Slower_storage_never_stalls_less_and_a_larger_window_never_more()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Times().ToArbitrary(), times =>
        {
            double End(LayerTimes one, int window) => PrefetchSimulation.Run(PrefetchSimulation.Blocks(one), window)[^1].ComputeEnd;
            var slower = times with { LoadAttention = times.LoadAttention * 1.5, LoadFeedForward = times.LoadFeedForward * 1.5 };
            return End(slower, 4) >= End(times, 4) - 1e-12 && End(times, 6) <= End(times, 4) + 1e-12;
        }));
    }

    [Fact]
    public void A_resident_block_in_T_removes_a_stall_that_streaming_has()
    {
        var slow = Laptops with { LoadFeedForward = 0.042 };
        Assert.Null(PrefetchSimulation.SmallestWindow(slow));
        Assert.NotNull(PrefetchSimulation.LargestResidency(slow, 8));
    }

    [Fact]
    public void Loads_wait_for_room_in_the_window()
    {
        var times = PrefetchSimulation.Run([new("a", 1, 10), new("b", 1, 10), new("c", 1, 10)], 2);
        Assert.Equal([0, 1, 11], times.Select(block => block.LoadStart));
        Assert.Equal(31, times[^1].ComputeEnd);
    }

    private static Gen<LayerTimes> Times() =>
        from attention in Gen.Choose(1, 60)
        from feed in Gen.Choose(1, 60)
        from reduce in Gen.Choose(0, 40)
        from loadAttention in Gen.Choose(1, 60)
        from loadFeed in Gen.Choose(1, 60)
        from layers in Gen.Choose(1, 12)
        select new LayerTimes(attention * 1e-3, feed * 1e-3, reduce * 1e-3, loadAttention * 1e-3, loadFeed * 1e-3, layers);
}
