using Headroom.Fpga.Evaluation;

namespace Headroom.Fpga.Tests.Evaluation;

public sealed class IntervalQualityTests
{
    [Fact]
    public void Rows_that_err_together_tell_less_of_the_coverage_than_rows_that_err_alone()
    {
        double[] covered = [.. Enumerable.Range(0, 100).Select(row => row < 10 ? 0.0 : 1.0)];
        var together = IntervalQuality.Margin(covered, [.. Enumerable.Range(0, 100).Select(row => $"{row / 10}")]);
        var alone = IntervalQuality.Margin(covered, [.. Enumerable.Range(0, 100).Select(row => $"{row}")]);
        Assert.InRange(alone, 0.05, 0.07);
        Assert.True(together > 3 * alone, $"{together} beside {alone}");
    }

    [Theory]
    [InlineData(8, 0.31)]
    [InlineData(60, 0.049)]
    public void Full_coverage_of_few_architectures_has_a_margin_all_the_same(int architectures, double expected) =>
        Assert.Equal(expected, IntervalQuality.Margin([.. Enumerable.Repeat(1.0, architectures)], [.. Enumerable.Range(0, architectures).Select(row => $"{row}")]), 0.01);
}
