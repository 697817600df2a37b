using FsCheck;
using FsCheck.Fluent;
using Headroom.Learning.Promotion;

namespace Headroom.Learning.Tests.Promotion;

public sealed class PromotionRuleTests
{
    private const double Level = 0.9;

    [Fact]
    public void A_clearly_better_challenger_is_promoted_and_every_condition_is_named()
    {
        var verdict = Decide(Rows(champion: 0.2, challenger: 0.1));

        Assert.True(verdict.Promote, string.Join('\n', verdict.Reasons));
        Assert.All(verdict.Reasons, reason => Assert.StartsWith("met: ", reason, StringComparison.Ordinal));
        Assert.True(verdict.HoldOut.PValue < 0.05);
    }

    [Fact]
    public void A_slice_that_gets_much_worse_stops_a_challenger_that_is_better_on_the_whole()
    {
        var rows = Rows(0.2, 0.1).Select(row => row.Slice == "a" ? row with { Challenger = row.Champion * 1.2 } : row).ToArray();

        var verdict = Decide(rows);

        Assert.False(verdict.Promote);
        Assert.Contains(verdict.Reasons, reason => reason.StartsWith("not met: hold-out, a:", StringComparison.Ordinal));
        Assert.True(verdict.HoldOut.IsBetter);
    }

    [Fact]
    public void Slices_that_are_too_small_to_be_judged_are_said_to_be_so()
    {
        var score = PairedScore.Of([.. Enumerable.Range(0, 40).Select(index => new PairedRow(0.2, 0.1, index % 10 > 0, $"group {index}", $"slice {index % 8}"))], seed: 1);

        var verdict = PromotionRule.Decide(score, score, Level, new PromotionLimits());

        Assert.True(verdict.Promote, string.Join('\n', verdict.Reasons));
        Assert.Contains("met: hold-out: none of its 8 slices has 10 rows, so none is judged by itself", verdict.Reasons);
    }

    [Fact]
    public void Intervals_that_hold_too_little_or_too_much_stop_a_challenger()
    {
        Assert.False(Decide(Rows(0.2, 0.1, coveredOfTen: 6)).Promote);
        Assert.False(Decide(Rows(0.2, 0.1, coveredOfTen: 10, count: 2_000)).Promote);
        Assert.True(Decide(Rows(0.2, 0.1, coveredOfTen: 9, count: 2_000)).Promote);
    }

    [Fact]
    public void Losing_in_the_shadow_or_having_too_few_rows_stops_a_challenger()
    {
        var (good, bad) = (PairedScore.Of(Rows(0.2, 0.1), 1), PairedScore.Of(Rows(0.1, 0.2), 1));

        Assert.False(PromotionRule.Decide(good, bad, Level, new PromotionLimits { SliceLoss = 10 }).Promote);
        Assert.False(Decide(Rows(0.2, 0.1, count: 10)).Promote);
    }

    [Fact]
    public void Two_equal_models_never_replace_each_other() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 1_000).Select(error => error / 1_000.0).NonEmptyListOf().ToArbitrary(),
        errors => !PromotionRule.Decide(Same(errors), Same(errors), Level, new PromotionLimits { Rows = 1 }).Promote));

    [Fact]
    public void Of_two_models_at_most_one_may_replace_the_other() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1_000).Two().Select(pair => (First: pair.Item1 / 1_000.0, Second: pair.Item2 / 1_000.0)).NonEmptyListOf().ToArbitrary(),
        pairs =>
        {
            var limits = new PromotionLimits { Rows = 1, CoverageLoss = 1, CoverageExcess = 1, PValue = 1 };
            var (there, back) = (Score(pairs), Score(pairs.Select(pair => (pair.Second, pair.First))));
            return !(PromotionRule.Decide(there, there, Level, limits).Promote && PromotionRule.Decide(back, back, Level, limits).Promote);
        }));

    [Fact]
    public void A_stricter_limit_never_promotes_what_a_looser_one_turned_down() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1_000).Two().Select(pair => (First: pair.Item1 / 1_000.0, Second: pair.Item2 / 1_000.0)).NonEmptyListOf().ToArbitrary(),
        pairs =>
        {
            var score = Score(pairs);
            var strict = PromotionRule.Decide(score, score, Level, new PromotionLimits { Rows = 2, PValue = 0.01, SliceLoss = 0.01, CoverageLoss = 0.5, CoverageExcess = 1 });
            var loose = PromotionRule.Decide(score, score, Level, new PromotionLimits { Rows = 1, PValue = 0.2, SliceLoss = 0.5, CoverageLoss = 1, CoverageExcess = 1 });
            return !strict.Promote || loose.Promote;
        }));

    private static PromotionVerdict Decide(IReadOnlyList<PairedRow> rows)
    {
        var score = PairedScore.Of(rows, 1);
        return PromotionRule.Decide(score, score, Level, new PromotionLimits());
    }

    private static PairedScore Same(IEnumerable<double> errors) => Score(errors.Select(error => (error, error)));

    private static PairedScore Score(IEnumerable<(double Champion, double Challenger)> pairs) =>
        PairedScore.Of([.. pairs.Select((pair, row) => new PairedRow(pair.Champion, pair.Challenger, true, $"{row % 7}", $"{row % 3}"))], 1);

    private static PairedRow[] Rows(double champion, double challenger, int coveredOfTen = 9, int count = 200) =>
        [.. Enumerable.Range(0, count).Select(row => new PairedRow(champion * (1 + (row % 5 / 10.0)), challenger * (1 + (row % 7 / 10.0)), row % 10 < coveredOfTen, $"{row % 20}", row % 3 == 0 ? "a" : "b"))];
}
