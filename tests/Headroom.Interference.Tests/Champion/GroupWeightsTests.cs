using FsCheck;
using FsCheck.Fluent;
using Headroom.Interference.Champion;
using Interval = Headroom.Learning.Conformal.Interval;

namespace Headroom.Interference.Tests.Champion;

public sealed class GroupWeightsTests
{
    [Fact]
    public void Rows_of_a_group_share_its_weight_and_groups_that_err_alike_weigh_the_same() => Prop.ForAll<PositiveInt, int>((count, seed) =>
    {
        var random = new Random(seed);
        string[] groups = [.. Enumerable.Range(0, count.Get).SelectMany(group => Enumerable.Repeat($"{group}", random.Next(1, 9)))];
        var weights = GroupWeights.Doubting([.. groups.Select(_ => 1.5)], groups);
        return weights.Zip(groups).GroupBy(row => row.Second, row => row.First).All(rows => Math.Abs(rows.Sum() - 1) < 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_group_counts_the_same_whatever_its_number_of_rows()
    {
        // One huge calm group and nine small wild ones: a new group is wild nine times of ten.
        double[] truth = [.. Enumerable.Repeat(0.1, 900), .. Enumerable.Repeat(5.0, 90)];
        string[] groups = [.. Enumerable.Repeat("calm", 900), .. Enumerable.Range(0, 90).Select(row => $"wild {row % 9}")];

        Assert.True(IntervalModel.Fit(truth, new double[990], groups, 0.8, doubt: false).Around(0).Contains(5));
    }

    [Fact]
    public void No_group_weighs_more_when_it_errs_more_and_the_unit_of_the_error_does_not_matter() => Prop.ForAll<PositiveInt, int>((count, seed) =>
    {
        var random = new Random(seed);
        string[] groups = [.. Enumerable.Range(0, 20 * (2 + (count.Get % 20))).Select(row => $"{row / 20}")];
        var scores = Array.ConvertAll(groups, group => random.NextDouble() * int.Parse(group, System.Globalization.CultureInfo.InvariantCulture));
        var weights = GroupWeights.Doubting(scores, groups);
        var rising = groups.Zip(scores, weights).GroupBy(row => row.First).OrderBy(rows => rows.Average(row => row.Second)).Select(rows => rows.First().Third).ToArray();
        return rising.Zip(rising.Skip(1)).All(pair => pair.First >= pair.Second)
            && weights.Zip(GroupWeights.Doubting(Array.ConvertAll(scores, score => 1000 * score), groups)).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_row_alone_is_never_doubted_for_an_error_that_chance_explains()
    {
        var random = new Random(2);
        var scores = Enumerable.Range(0, 4_000).Select(_ => Math.Abs(Normal(random))).ToArray();

        Assert.All(GroupWeights.Doubting(scores, [.. Enumerable.Range(0, scores.Length).Select(row => $"{row}")]), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Two_groups_under_other_conditions_do_not_widen_the_interval_of_the_others()
    {
        var random = new Random(3);
        var truth = Enumerable.Range(0, 2_000).Select(row => Normal(random) * (row < 100 ? 8 : 1)).ToArray();
        string[] groups = [.. Enumerable.Range(0, truth.Length).Select(row => $"{row / 50}")];
        var fresh = Enumerable.Range(0, 4_000).Select(_ => Normal(random)).ToArray();

        var doubting = IntervalModel.Fit(truth, new double[truth.Length], groups, 0.9, doubt: true).Around(0);

        Assert.InRange(Interval.Coverage(fresh.Select(_ => doubting), fresh), 0.88, 0.92);
        var believing = IntervalModel.Fit(truth, new double[truth.Length], groups, 0.9, doubt: false).Around(0);
        Assert.True(believing.Width > 1.1 * doubting.Width, $"{believing.Width} against {doubting.Width}");
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
