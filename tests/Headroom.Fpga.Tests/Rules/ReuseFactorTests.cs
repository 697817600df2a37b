using Headroom.Fpga.Rules;

namespace Headroom.Fpga.Tests.Rules;

public sealed class ReuseFactorTests
{
    [Fact]
    public void Every_valid_reuse_factor_divides_the_weights_and_the_nearest_of_a_valid_one_is_itself()
    {
        foreach (var (inputs, outputs) in new[] { (16, 32), (7, 12), (1, 1), (408, 32), (96, 114) })
        {
            var valid = ReuseFactors.Valid(inputs, outputs);
            Assert.Contains(1, valid);
            Assert.All(valid, factor => Assert.Equal(0, inputs * outputs % factor));
            Assert.All(valid, factor => Assert.Equal(factor, ReuseFactors.Nearest(inputs, outputs, factor)));
        }
    }

    [Theory]
    [InlineData(72, 32, 2047, 2304)]
    [InlineData(32, 64, 2047, 2048)]
    [InlineData(104, 64, 3070, 3328)]
    [InlineData(64, 80, 3070, 2560)]
    public void The_nearest_valid_factor_is_the_one_the_tool_took(int inputs, int outputs, int requested, int actual) =>
        Assert.Equal(actual, ReuseFactors.Nearest(inputs, outputs, requested));

    [Theory]
    [InlineData(1, 100, 0)]
    [InlineData(512, 36, 1)]
    [InlineData(513, 36, 2)]
    [InlineData(1024, 18, 1)]
    public void Block_memories_follow_the_shapes_of_the_block(long depth, long width, long blocks) => Assert.Equal(blocks, BlockRams.Count(depth, width));
}
