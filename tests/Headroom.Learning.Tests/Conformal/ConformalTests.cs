using FsCheck;
using FsCheck.Fluent;
using Headroom.Learning.Conformal;
using Interval = Headroom.Learning.Conformal.Interval;

namespace Headroom.Learning.Tests.Conformal;

public sealed class ConformalTests
{
    [Fact]
    public void The_quantile_is_the_stated_order_statistic()
    {
        Assert.Equal(9, ConformalQuantile.Of(Enumerable.Range(1, 9).Select(x => (double)x), 0.9));
        Assert.Equal(double.PositiveInfinity, ConformalQuantile.Of([1, 2, 3], 0.9));
    }

    [Fact]
    public void Equal_weights_change_nothing() => Prop.ForAll<PositiveInt, int>((count, seed) =>
    {
        var random = new Random(seed);
        var scores = Enumerable.Range(0, count.Get).Select(_ => random.NextDouble()).ToArray();
        return ConformalQuantile.Of(scores, 0.8) == ConformalQuantile.Weighted(scores, [.. scores.Select(_ => 1.0)], 0.8, 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Split_intervals_cover_exchangeable_rows_within_the_theoretical_band()
    {
        // Mean coverage over many draws lies in [0.9, 0.9 + 1/100]; its standard error here is below 0.002.
        var random = new Random(5);
        double covered = 0;
        const int draws = 20_000;
        for (var draw = 0; draw < draws; draw++)
        {
            var truth = Normals(random, 99);
            covered += SplitConformal.Fit(truth, new double[99], 0.9).Around(0).Contains(Normals(random, 1)[0]) ? 1 : 0;
        }

        Assert.InRange(covered / draws, 0.9 - 0.007, 0.91 + 0.007);
    }

    [Fact]
    public void Quantile_intervals_repair_a_band_that_is_too_narrow_or_too_wide()
    {
        var random = new Random(6);
        foreach (var halfWidth in (double[])[0.1, 5])
        {
            var band = new Interval(-halfWidth, halfWidth);
            var calibrated = QuantileConformal.Fit(Normals(random, 5000), [.. Enumerable.Repeat(band, 5000)], 0.9).Around(band);
            var truth = Normals(random, 5000);
            Assert.InRange(Interval.Coverage(truth.Select(_ => calibrated), truth), 0.88, 0.92);
        }
    }

    [Fact]
    public void Every_class_gets_its_own_coverage()
    {
        var random = new Random(7);
        string[] classes = [.. Enumerable.Range(0, 4000).Select(row => row % 2 == 0 ? "calm" : "wild")];
        double[] Draw() => [.. Normals(random, 4000).Select((value, row) => row % 2 == 0 ? value : 10 * value)];
        var conformal = MondrianConformal.Fit(Draw(), new double[4000], classes, 0.9);
        var truth = Draw();

        foreach (var name in (string[])["calm", "wild"])
        {
            var own = truth.Where((_, row) => classes[row] == name).ToArray();
            Assert.InRange(Interval.Coverage(own.Select(_ => conformal.Around(name, 0)), own), 0.88, 0.92);
        }
    }

    [Fact]
    public void Groups_weigh_the_same_whatever_their_size()
    {
        // One huge calm group, nine small wild ones: a new group is wild nine times of ten.
        double[] truth = [.. Enumerable.Repeat(0.1, 900), .. Enumerable.Repeat(5.0, 90)];
        string[] groups = [.. Enumerable.Repeat("calm", 900), .. Enumerable.Range(0, 90).Select(row => $"wild {row % 9}")];

        Assert.Equal(0.1, SplitConformal.Fit(truth, new double[990], 0.9).Quantile);
        Assert.Equal(5.0, SplitConformal.FitByGroup(truth, new double[990], groups, 0.9).Quantile);
    }

    [Fact]
    public void Adaptive_intervals_keep_their_level_when_the_noise_triples_while_fixed_ones_lose_it()
    {
        var random = new Random(8);
        var calm = Normals(random, 2000);
        var wild = Normals(random, 6000).Select((value, step) => value * (1 + (2 * step / 6000.0))).ToArray();
        var split = SplitConformal.Fit(calm, new double[2000], 0.9);
        var adaptive = new AdaptiveConformal(0.9);
        foreach (var value in calm.TakeLast(500))
        {
            adaptive.Remember(Math.Abs(value));
        }

        var coverage = wild.Average(value => adaptive.Observe(Math.Abs(value)) ? 1.0 : 0);

        Assert.InRange(coverage, 0.89, 0.91);
        Assert.True(Interval.Coverage(wild.Select(_ => split.Around(0)), wild) < 0.8);
        Assert.Equal(500, adaptive.CalibrationCount);
    }

    [Fact]
    public void P_values_of_exchangeable_rows_are_uniform()
    {
        var random = new Random(9);
        var values = Enumerable.Range(0, 4000).Select(_ =>
        {
            var draw = Normals(random, 100);
            return ConformalPValue.Of(draw[0], draw[1..]);
        }).Order().ToArray();

        // Kolmogorov-Smirnov at the 0.1 % level, plus the lattice step of 100 possible values.
        var distance = values.Select((value, rank) => Math.Abs(value - ((rank + 1.0) / values.Length))).Max();
        Assert.True(distance < (1.95 / Math.Sqrt(values.Length)) + 0.01, $"distance {distance}");
    }

    private static double[] Normals(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
