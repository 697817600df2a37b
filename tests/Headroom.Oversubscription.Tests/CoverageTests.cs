using Headroom.Oversubscription.Recommendations;

namespace Headroom.Oversubscription.Tests;

public sealed class CoverageTests
{
    [Theory]
    [InlineData(10, 0, 0.1, 1)]
    [InlineData(100, 1, 0.01, 0.63397)]
    [InlineData(4, 4, 0.5, 0.0625)]
    public void The_tail_of_the_binomial_distribution_is_right(int trials, int least, double probability, double expected) =>
        Assert.Equal(expected, CoverageTest.AtLeast(trials, least, probability), 5);

    [Fact]
    public void Advice_is_trusted_until_chance_explains_its_violations_no_more()
    {
        Assert.Null(CoverageTest.Distrust("cpu", 0, 0, 0.01, 0.05));
        Assert.Null(CoverageTest.Distrust("cpu", 60, 2, 0.01, 0.05));
        Assert.Contains("4 of 60", CoverageTest.Distrust("cpu", 60, 4, 0.01, 0.05), StringComparison.Ordinal);
    }
}
