using Headroom.Interference.Champion;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Models;

namespace Headroom.Interference.Tests.Champion;

public sealed class ChampionTests
{
    [Fact]
    public void It_beats_the_training_mean_on_a_mix_it_never_saw()
    {
        var all = RunFactory.Set(180);
        var train = all.With(all.Runs.Where(run => run.Composition != "3 neighbours"));
        var test = all.With(all.Runs.Where(run => run.Composition == "3 neighbours"));

        var scores = InterferenceEvaluation.Run(
            Protocol.Composition, ModelTable.Named(["champion", "train mean"], Novelty.Composition), _ => new EvaluationSplit(train, test, 0), 1, 1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(scores[0].Mae < 0.5 * scores[1].Mae, $"{scores[0].Mae} against {scores[1].Mae}");
        Assert.Equal(test.Runs.Count, scores[0].Count);
        Assert.Null(scores[1].Coverage);
    }

    [Fact]
    public void The_same_seed_gives_the_same_predictions()
    {
        var set = RunFactory.Set(90);

        Assert.Equal(
            new ChampionModel().Fit(set, 3, TestContext.Current.CancellationToken).Predict(set.Runs),
            new ChampionModel().Fit(set, 3, TestContext.Current.CancellationToken).Predict(set.Runs));
    }

    [Fact]
    public void Intervals_cover_the_share_they_promise_where_rows_are_alike()
    {
        var fitted = new ChampionModel(Novelty.None).Fit(RunFactory.Set(400, steps: 2), 1, TestContext.Current.CancellationToken);
        var fresh = RunFactory.Set(400, steps: 2, seed: 2);

        var (_, intervals) = fitted.PredictWithIntervals(fresh.Runs);

        Assert.InRange(fresh.Runs.Zip(intervals, (run, interval) => interval.Contains(run.Label!.Value) ? 1.0 : 0).Average(), 0.84, 0.96);
    }

    [Fact]
    public void A_window_from_outside_the_training_range_says_which_feature_and_by_how_much()
    {
        var set = RunFactory.Set(60);
        var ranges = FeatureRanges.Of(set);
        var strange = set.Runs[0] with { Context = [100_000f] };

        Assert.Empty(ranges.Outside(set.Runs[0], set.Schema));
        var said = Assert.Single(ranges.Outside(strange, set.Schema));
        Assert.Contains("load is 1E+05 1/s, training saw 100 to 300", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_model_names_list_those_there_are() => Assert.Contains(
        "random forest", Assert.Throws<ArgumentException>(() => ModelTable.Named(["oracle"], Novelty.None)).Message, StringComparison.Ordinal);
}
