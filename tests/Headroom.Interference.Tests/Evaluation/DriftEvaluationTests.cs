using Headroom.Interference.Evaluation;

namespace Headroom.Interference.Tests.Evaluation;

public sealed class DriftEvaluationTests
{
    [Fact]
    public void Adaptive_intervals_hold_where_errors_grow_and_static_ones_do_not()
    {
        var random = new Random(1);
        var errors = Enumerable.Range(0, 6_000).Select(index => random.NextDouble() * (1 + (index / 1_000.0))).ToArray();

        var score = DriftEvaluation.Score("growing", 0.9, errors);

        Assert.InRange(score.AdaptiveCoverage, 0.89, 0.91);
        Assert.True(score.SplitCoverage < 0.75, $"{score.SplitCoverage}");
    }

    [Fact]
    public void A_folder_without_the_file_is_named() =>
        Assert.Contains("long_lived.csv", Assert.Throws<InvalidDataException>(() => DriftEvaluation.Run("/nowhere")).Message, StringComparison.Ordinal);
}
