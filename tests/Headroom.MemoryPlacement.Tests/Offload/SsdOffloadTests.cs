using Headroom.MemoryPlacement.Evaluation;
using Headroom.MemoryPlacement.Footprints;
using Headroom.MemoryPlacement.Offload;

namespace Headroom.MemoryPlacement.Tests.Offload;

public sealed class SsdOffloadTests
{
    private const double Gibibyte = 1L << 30;

    [Theory]
    [InlineData("qwen2.5-7b", 8, 16, 21.28, 16, 4)]
    [InlineData("mistral-nemo-12b", 8, 32, 34.22, 16, 4)]
    public void Components_of_the_baseline_are_the_worked_example(string model, double pool, double gradients, double overflow, double optimizer, double pinned)
    {
        var terms = new SsdOffloadPeak(GradientBytes: 2).Of(SampleModels.Read(model), new TrainingRun(1, 4096), MemAscendFixes.None).Terms.ToDictionary(term => term.Name, term => term.Bytes / Gibibyte);
        Assert.Equal(pool, terms["parameter pool"]);
        Assert.Equal(gradients, terms["flat gradient buffer"]);
        Assert.Equal(overflow, terms["overflow-check temporaries"], 0.005);
        Assert.Equal(optimizer, terms["optimizer swap buffers"]);
        Assert.Equal(pinned, terms["pinned gradient buffer"]);
    }

    [Fact]
    public void Every_fix_alone_saves_something_or_nothing_and_all_together_save_most()
    {
        foreach (var one in MemAscendEvaluation.Run(new SsdOffloadPeak(), new TrainingRun(1, 16_384)))
        {
            Assert.All(one.OneByOne, fix => Assert.True(fix.Bytes >= 0, $"{one.Model}: {fix.Fix}"));
            Assert.True(one.Fixed.Bytes <= one.Baseline.Bytes - one.OneByOne.Max(fix => fix.Bytes));
            Assert.InRange(one.Cut, 0.3, 0.8);
        }
    }

    [Theory]
    [InlineData(64 * 1024, 5.3)]
    [InlineData(2 * 1024 * 1024, 27.7)]
    [InlineData(16 * 1024 * 1024, 31.4)]
    public void Small_chunks_waste_the_link(double chunk, double gigabytes) => Assert.Equal(gigabytes, new SwapChunks(10e-6, 32e9).Effective(chunk) / 1e9, 0.2);

    [Fact]
    public void A_chunk_for_a_share_of_the_link_reaches_just_that_share()
    {
        var link = new SwapChunks(10e-6, 32e9);
        Assert.Equal(0.9 * 32e9, link.Effective(link.ChunkFor(0.9)), 1);
        Assert.Throws<MemoryInputException>(() => link.ChunkFor(1));
    }

    [Fact]
    public void The_break_even_is_the_root_of_both_times()
    {
        var link = new SwapChunks(10e-6, 32e9);
        const double perToken = 131_072, linear = 1e-6, quadratic = 1e-9;
        var tokens = link.BreakEvenTokens(perToken, 65_536, linear, quadratic)!.Value;
        Assert.Equal(link.Seconds(perToken * tokens, 65_536), (linear * tokens) + (quadratic * tokens * tokens), 9);
    }
}
