using Headroom.Learning.LightGbm;
using Headroom.Learning.Metrics;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Tests.Tabular;

public sealed class TabularRegressorTests
{
    public static TheoryData<string> Learners => [.. TabularRegressors.Rivals.Select(rival => rival.Name).Where(name => !name.StartsWith("train", StringComparison.Ordinal) && !name.StartsWith("constant", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_learner_beats_the_train_mean_and_repeats_itself(string name)
    {
        var (train, test) = (Curve(400, 1), Curve(200, 2));
        var regressor = TabularRegressors.Named(name);

        var first = regressor.Fit(train, 1, TestContext.Current.CancellationToken).Predict(test.Features);
        var second = regressor.Fit(train, 1, TestContext.Current.CancellationToken).Predict(test.Features);

        var mean = new TrainMeanRegressor().Fit(train, 1, TestContext.Current.CancellationToken).Predict(test.Features);
        Assert.Equal(first, second);
        Assert.True(RegressionMetrics.Of(test.Targets, first).Mae < 0.7 * RegressionMetrics.Of(test.Targets, mean).Mae);
    }

    [Fact]
    public void FastTree_learns_from_rows_that_all_miss_a_value()
    {
        var set = Curve(400, 7);
        var holed = new TabularSet([.. set.Columns, "absent"], [.. set.Features.Select(row => (float[])[.. row, float.NaN])], set.Targets);

        var predicted = new FastTreeRegressor().Fit(holed, 1, TestContext.Current.CancellationToken).Predict(holed.Features);

        Assert.True(RegressionMetrics.Of(set.Targets, predicted).R2 > 0.5);
    }

    [Fact]
    public void Linear_regression_finds_the_coefficients_of_a_line()
    {
        var set = new TabularSet(["x", "twice x"], [[0, 0], [1, 2], [2, 4], [5, 10]], [1, 3, 5, 11]);

        var predicted = RidgeRegressor.Linear.Fit(set, 1, TestContext.Current.CancellationToken).Predict([[10, 20]]);

        Assert.Equal(21, predicted[0], 3);
    }

    [Fact]
    public void Contributions_add_up_to_the_prediction()
    {
        var set = Curve(300, 3);
        using var model = LightGbmModel.Train(set, LightGbmRegressor.Boosting.Options, 1, TestContext.Current.CancellationToken);

        var predicted = model.Predict(set.Features);

        Assert.All(model.Contributions(set.Features).Zip(predicted), pair => Assert.Equal(pair.Second, pair.First.Sum(), 6));
    }

    [Fact]
    public void A_saved_model_predicts_the_same()
    {
        var set = Curve(300, 4);
        using var model = LightGbmModel.Train(set, LightGbmRegressor.Boosting.Options, 1, TestContext.Current.CancellationToken);
        using var loaded = LightGbmModel.Load(model.Save(), set.Columns.Count);

        Assert.Equal(model.Predict(set.Features), loaded.Predict(set.Features));
    }

    [Fact]
    public void Quantiles_lie_in_order_and_hold_their_share()
    {
        var (train, test) = (Curve(2000, 5), Curve(2000, 6));
        double Below(double quantile) => LightGbmRegressor.Quantile(quantile).Fit(train, 1, TestContext.Current.CancellationToken)
            .Predict(test.Features).Zip(test.Targets, (guess, truth) => truth <= guess ? 1.0 : 0).Average();

        Assert.InRange(Below(0.1), 0.05, 0.2);
        Assert.InRange(Below(0.9), 0.8, 0.95);
    }

    [Fact]
    public void A_monotone_constraint_holds()
    {
        var options = LightGbmRegressor.Boosting.Options with { Monotone = [1, 0] };
        using var model = LightGbmModel.Train(Curve(300, 7), options, 1, TestContext.Current.CancellationToken);

        var rising = model.Predict([.. Enumerable.Range(0, 50).Select(step => new float[] { step / 50f, 0.5f })]);

        Assert.All(rising.Zip(rising.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
    }

    [Fact]
    public void Classifiers_beat_the_base_rate()
    {
        var curve = Curve(600, 8);
        var set = new TabularSet(curve.Columns, curve.Features, [.. curve.Targets.Select(target => target > 1.6 ? 1.0 : 0)]);
        bool[] truth = [.. set.Targets.Select(target => target == 1)];
        foreach (var classifier in (ITabularClassifier[])[new LogisticClassifier(), LightGbmClassifier.Boosting, LightGbmClassifier.RandomForest])
        {
            var half = set.Take([.. Enumerable.Range(0, 300)]);
            var predicted = classifier.Fit(half, 1, TestContext.Current.CancellationToken).Predict(set.Features[300..]);
            Assert.True(ClassificationMetrics.Of(truth[300..], predicted).Auc > 0.85, classifier.Name);
        }
    }

    [Fact]
    public void Wrong_shapes_are_refused_with_what_was_expected()
    {
        Assert.Contains("Expected 2 columns", Assert.Throws<ArgumentException>(() => new TabularSet(["a", "b"], [[1]], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => new TabularSet(["a"], [[1]], [double.NaN])).Message, StringComparison.Ordinal);
    }

    // A smooth positive curve with a little noise: 1 + x0 + sin(3 x1) / 2.
    private static TabularSet Curve(int rows, int seed)
    {
        var random = new Random(seed);
        float[][] features = [.. Enumerable.Range(0, rows).Select(_ => new[] { random.NextSingle(), random.NextSingle() })];
        return new TabularSet(["x0", "x1"], features, [.. features.Select(row => 1 + row[0] + (Math.Sin(3 * row[1]) / 2) + (0.05 * (random.NextDouble() - 0.5)))]);
    }
}
