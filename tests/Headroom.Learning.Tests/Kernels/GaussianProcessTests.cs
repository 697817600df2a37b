using Headroom.Learning.Kernels;
using Headroom.Learning.Metrics;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Tests.Kernels;

public sealed class GaussianProcessTests
{
    private static readonly GaussianProcessRegressor Regressor = new("gaussian process", new GaussianProcessOptions { LengthScale = 1, Noise = 0.01 });

    [Fact]
    public void It_follows_a_curve_between_the_points_it_saw()
    {
        var model = Regressor.Fit(Curve(300, 1), 1, TestContext.Current.CancellationToken);
        var test = Curve(200, 2);

        Assert.True(RegressionMetrics.Of(test.Targets, model.Predict(test.Features)).R2 > 0.95);
    }

    [Fact]
    public void It_knows_when_it_is_far_from_home()
    {
        var model = (GaussianProcessModel)Regressor.Fit(Curve(300, 1), 1, TestContext.Current.CancellationToken);

        var deviation = model.Deviation([[0.5f, 0.5f], [40, -40]]);

        Assert.True(deviation[1] > 2 * deviation[0], $"near {deviation[0]}, far {deviation[1]}");
    }

    [Fact]
    public void The_kernel_equations_are_solved()
    {
        // Without noise the process passes through its points.
        var set = Curve(60, 3);
        var model = new GaussianProcessRegressor("exact", new GaussianProcessOptions { Noise = 1e-9 }).Fit(set, 1, TestContext.Current.CancellationToken);

        Assert.All(model.Predict(set.Features).Zip(set.Targets), pair => Assert.Equal(pair.Second, pair.First, 4));
    }

    private static TabularSet Curve(int rows, int seed)
    {
        var random = new Random(seed);
        float[][] features = [.. Enumerable.Range(0, rows).Select(_ => new[] { random.NextSingle(), random.NextSingle() })];
        return new TabularSet(["x", "y"], features, [.. features.Select(row => row[0] + Math.Sin(5 * row[1]))]);
    }
}
