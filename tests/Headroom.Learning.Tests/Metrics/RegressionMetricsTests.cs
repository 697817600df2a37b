using Headroom.Learning.Metrics;

namespace Headroom.Learning.Tests.Metrics;

public sealed class RegressionMetricsTests
{
    [Fact]
    public void Known_values_come_out()
    {
        var metrics = RegressionMetrics.Of([1, 2, 3, 4], [1, 2, 5, 2]);

        Assert.Equal(1, metrics.Mae, 12);
        Assert.Equal(2, metrics.Mse, 12);
        Assert.Equal(Math.Sqrt(2), metrics.Rmse, 12);
        Assert.Equal(1 - (8 / 5.0), metrics.R2!.Value, 12);
        Assert.Equal(200 / 4.0 * ((2 / 9.0) + (2 / 7.0)), metrics.SmapePercent, 12);
    }

    [Fact]
    public void Smape_takes_the_published_small_epsilon_too() =>
        Assert.Equal(200, RegressionMetrics.Of([0], [0.001], smapeEpsilon: 1e-8).SmapePercent, 2);

    [Fact]
    public void R2_is_missing_when_the_truth_does_not_vary() => Assert.Null(RegressionMetrics.Of([3, 3], [1, 2]).R2);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void An_uneven_last_batch_weighs_by_its_rows(int batch)
    {
        var random = new Random(1);
        var truth = Enumerable.Range(0, 100).Select(_ => random.NextDouble()).ToArray();
        var predicted = truth.Select(value => value + random.NextDouble()).ToArray();
        var accumulator = new RegressionAccumulator();
        for (var start = 0; start < truth.Length; start += batch)
        {
            var end = Math.Min(truth.Length, start + batch);
            accumulator.Add(truth[start..end], predicted[start..end]);
        }

        var whole = RegressionMetrics.Of(truth, predicted);
        var parts = accumulator.ToMetrics();
        Assert.Equal(whole.Mae, parts.Mae, 12);
        Assert.Equal(whole.R2!.Value, parts.R2!.Value, 12);
        Assert.Equal(100, parts.Count);
    }

    [Fact]
    public void Auc_counts_ties_half()
    {
        var metrics = ClassificationMetrics.Of([true, false, true, false], [0.9, 0.1, 0.5, 0.5]);

        Assert.Equal(3.5 / 4, metrics.Auc!.Value, 12);
        Assert.Equal(0.75, metrics.Accuracy, 12);
    }
}
