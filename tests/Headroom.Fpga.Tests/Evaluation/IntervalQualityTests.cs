using Headroom.Fpga.Evaluation;
using Headroom.Fpga.Surrogates;

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

    [Fact]
    public void An_interval_costs_its_width_and_twenty_times_how_far_the_truth_lies_outside()
    {
        var estimate = new Estimate(99, Math.Exp(4) - 1, Math.Exp(5) - 1);
        Assert.Equal(1, IntervalQuality.ScoreOf(estimate, 99), 9);
        Assert.Equal(1 + (20 * 0.5), IntervalQuality.ScoreOf(estimate, Math.Exp(5.5) - 1), 9);
        Assert.Equal(1 + (20 * 1), IntervalQuality.ScoreOf(estimate, Math.Exp(3) - 1), 9);
    }
}
