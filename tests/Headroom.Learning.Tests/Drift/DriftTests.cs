using FsCheck;
using FsCheck.Fluent;
using Headroom.Learning.Drift;

namespace Headroom.Learning.Tests.Drift;

public sealed class DriftTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_distances_are_those_of_scipy()
    {
        // scipy.stats.ks_2samp([1,2,3,4], [2,3,5,8]).statistic; scipy.stats.wasserstein_distance of the same.
        Assert.Equal(0.5, KolmogorovSmirnov.Distance([1, 2, 3, 4], [2, 3, 5, 8]), 12);
        Assert.Equal(2.0, Wasserstein.Distance([1, 2, 3, 4], [2, 3, 5, 8]), 12);
        Assert.Equal(1.0, Wasserstein.Distance([0, 1, 3], [1, 2, 4]), 12);
        // scipy.special.kolmogorov(1.0) = 0.26999967; the correction is undone by the sample size.
        Assert.Equal(0.27, KolmogorovSmirnov.PValue(1.0 / Math.Sqrt(5e7), 100_000_000, 100_000_000), 3);
    }

    [Fact]
    public void A_shift_by_a_constant_costs_that_constant_and_a_sample_is_no_distance_from_itself() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-1_000, 1_000).NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 500).ToArbitrary(), (values, shift) =>
        {
            double[] sorted = [.. values.Select(value => (double)value).Order()];
            return Math.Abs(Wasserstein.Distance(sorted, [.. sorted.Select(value => value + shift)]) - shift) < 1e-6
                && KolmogorovSmirnov.Distance(sorted, sorted) == 0
                && Math.Abs(PopulationStability.Of(sorted, sorted)) < 1e-12;
        }));

    [Fact]
    public void The_test_follows_the_size_of_the_samples()
    {
        var random = new Random(1);
        double[] small = [.. Normals(random, 500).Order()];
        double[] large = [.. Normals(random, 5_000).Order()];
        var options = new DriftOptions();

        Assert.Equal(FeatureTest.SmallSamples, FeatureTest.Of(small, Normals(random, 5_000), 0.001, options)!.Test);
        var equal = FeatureTest.Of(large, Normals(random, 5_000), 0.001, options)!;
        Assert.Equal((FeatureTest.LargeSamples, false), (equal.Test, equal.IsDrift));
        Assert.True(FeatureTest.Of(large, Normals(random, 5_000).Select(value => value + 0.2), 0.001, options)!.IsDrift);
        Assert.Null(FeatureTest.Of(small, [double.NaN], 0.001, options));
    }

    [Fact]
    public void A_shift_raises_the_alarm_for_the_shifted_feature_errors_and_coverage_only_and_says_since_when()
    {
        var monitor = Monitor(seed: 3);
        var random = new Random(4);
        foreach (var index in Enumerable.Range(0, 100))
        {
            Assert.Empty(monitor.Observe(Window(random, index, shift: 0, errorFactor: 1)));
        }

        IReadOnlyList<DriftAlarm> alarms = [];
        foreach (var index in Enumerable.Range(100, 10))
        {
            alarms = monitor.Observe(Window(random, index, shift: 1.5, errorFactor: 3));
        }

        Assert.Equal(["b", DriftAlarm.Residual, DriftAlarm.Coverage], alarms.Select(alarm => alarm.Metric));
        Assert.Equal(Start.AddHours(100), alarms[0].Since);
        Assert.Equal(Start.AddHours(100), alarms[1].Since);
        Assert.True(alarms[1].MaeEffect > 0);
        Assert.Equal(1 / 3.0, monitor.DriftingShare, 9);
    }

    [Fact]
    public void Nothing_is_raised_in_a_thousand_windows_that_are_as_in_training()
    {
        var monitor = Monitor(seed: 5);
        var random = new Random(6);

        Assert.All(Enumerable.Range(0, 1_000), index => Assert.Empty(monitor.Observe(Window(random, index, 0, 1))));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.5)]
    [InlineData(-3, 0.5)]
    [InlineData(3, 2)]
    public void The_effect_on_the_error_is_what_a_sensor_that_reads_wrongly_does_to_it(double shift, double weight)
    {
        // The truth is a weighted by something plus b, the model knows both weights, and a is read too high by a shift.
        var random = new Random(7);
        var residuals = Normals(random, 2_000).Select(value => 0.3 * value).ToArray();
        double[] reference = [.. Normals(random, 2_000).Order()];
        double[] now = [.. Normals(random, 2_000).Select(value => value + shift)];
        var truth = residuals.Average(residual => Math.Abs(residual + (weight * shift))) - residuals.Average(Math.Abs);

        var back = MaeEffect.PutBack(reference, now);
        var estimate = MaeEffect.Of(residuals, [.. now.Zip(back, (value, before) => weight * (value - before))])!.Value;

        Assert.Equal(truth, estimate, 0.05);
    }

    [Fact]
    public void A_feature_that_is_put_back_lies_where_training_had_it_in_the_same_order() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(-100, 100).NonEmptyListOf().ToArbitrary(), Gen.Choose(-20, 20).NonEmptyListOf().ToArbitrary(), (reference, current) =>
        {
            double[] training = [.. reference.Select(value => (double)value).Order()];
            double[] now = [.. current.Select(value => (double)value)];
            var back = MaeEffect.PutBack(training, now);
            return back.All(value => value >= training[0] && value <= training[^1])
                && Enumerable.Range(0, now.Length).All(first => Enumerable.Range(0, now.Length).All(second => now[first] >= now[second] ? back[first] >= back[second] : back[first] <= back[second]))
                && MaeEffect.PutBack(training, training).Zip(training, (value, before) => Math.Abs(value - before)).All(gap => gap < 1e-9);
        }));

    [Fact]
    public void What_is_missing_stays_missing_and_nothing_is_told_from_nothing()
    {
        Assert.Equal([double.NaN, 2], MaeEffect.PutBack([2], [double.NaN, 7]));
        Assert.Null(MaeEffect.Of([], [1]));
        Assert.Null(MaeEffect.Of([1], []));
    }

    private static DriftMonitor Monitor(int seed)
    {
        var random = new Random(seed);
        return new DriftMonitor(
            new DriftReference(["a", "b", "c"], [.. Enumerable.Range(0, 500).Select(_ => Floats(random))], [.. Normals(random, 500).Select(Math.Abs)]), new DriftOptions(), seed);
    }

    private static DriftWindow Window(Random random, int index, double shift, double errorFactor)
    {
        var errors = Normals(random, 50).Select(error => Math.Abs(error) * errorFactor).ToArray();
        // 1.645 standard deviations hold 90 % of a normal distribution.
        return new DriftWindow(
            Start.AddHours(index),
            [.. Enumerable.Range(0, 50).Select(_ => Floats(random)).Select(row => new[] { row[0], row[1] + (float)shift, row[2] })],
            errors,
            [.. errors.Select(error => error <= 1.645)]);
    }

    private static float[] Floats(Random random) => Array.ConvertAll(Normals(random, 3), value => (float)value);

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count)
        .Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
