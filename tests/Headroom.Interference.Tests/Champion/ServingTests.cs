using Headroom.Interference.Champion;
using Headroom.Interference.ModelFiles;
using Headroom.Interference.Reasons;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Learning.ModelFiles;

namespace Headroom.Interference.Tests.Champion;

public sealed class ServingTests(ServingTests.Trained trained) : IClassFixture<ServingTests.Trained>
{
    private readonly RunSet _train = trained.Train;
    private readonly FittedChampion _champion = trained.Champion;
    private readonly string _path = trained.Path;

    [Fact]
    public void A_loaded_model_predicts_what_the_saved_one_did()
    {
        var loaded = InterferencePredictor.Load(_path, _train.Schema);

        var (values, intervals) = _champion.PredictWithIntervals(_train.Runs);
        var answers = loaded.Predict(_train.Runs);

        for (var row = 0; row < values.Length; row++)
        {
            Assert.Equal(values[row], answers[row].Value, 6);
            Assert.Equal(_champion.Range.Clamp(intervals[row].Lower), answers[row].Lower, 6);
            Assert.InRange(answers[row].Value, answers[row].Lower, answers[row].Upper);
        }

        Assert.Equal(RunSetChecksum.Of(_train), loaded.Card.TrainingChecksum);
        Assert.Contains("metric Target.cpu [%]", loaded.Card.Schema);
    }

    [Fact]
    public void A_saved_model_carries_a_sample_of_its_training_windows_with_their_residuals()
    {
        var sample = InterferencePredictor.Load(_path).Champion.Reference!;

        Assert.Equal(TrainingSample.FeaturesOf(_train.Schema), sample.Features);
        Assert.Equal(sample.Rows.Length, sample.Residuals.Length);
        Assert.All(sample.Rows, row => Assert.Contains(_train.Runs, run => TrainingSample.Row(run).SequenceEqual(row)));
        Assert.Contains(sample.Residuals, residual => residual < 0);
        Assert.Contains(sample.Residuals, residual => residual > 0);
    }

    [Fact]
    public void A_model_for_other_features_is_refused_with_the_difference()
    {
        var other = RunFactory.Schema with { Context = [new Feature(FeatureBlock.Context, "load", "1/min", Resource.Load)] };

        var refused = Assert.Throws<ModelMismatchException>(() => InterferencePredictor.Load(_path, other));

        Assert.Equal(["- context Context.load [1/min]", "+ context Context.load [1/s]"], refused.Difference);
    }

    [Fact]
    public void Reasons_add_up_to_the_prediction_minus_the_base_and_name_the_neighbours()
    {
        var run = _train.Runs.First(candidate => candidate.Composition == "5 neighbours");

        var explanation = Attribution.Explain(_champion, run);

        Assert.Equal(_champion.Predict([run])[0] - explanation.Base, explanation.Features.Sum(share => share.Share), 4);
        Assert.Equal(_champion.Predict([run])[0] - explanation.Base, explanation.ByResource().Sum(part => part.Share), 4);
        Assert.NotEqual(FeatureBlock.Context, explanation.ByBlock()[0].Block);
        Assert.True(explanation.ByBlock()[0].Share < 0);
    }

    [Fact]
    public void A_window_of_other_width_is_named()
    {
        var predictor = InterferencePredictor.Load(_path);
        var wrong = _train.Runs[0] with { Id = "mine", Frames = [[1f]] };

        Assert.Contains("window mine, step 0: expected 3 metrics, got 1", Assert.Throws<ArgumentException>(() => predictor.Predict([wrong])).Message, StringComparison.Ordinal);
    }

    /// <summary>One champion and its file, trained once for all tests here.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("model").FullName;

        public Trained()
        {
            Champion = new ChampionModel().Fit(Train, 1, CancellationToken.None);
            Path = System.IO.Path.Combine(_folder, "champion.model");
            ChampionFile.Save(Path, Champion, Train, 1, DateTimeOffset.UnixEpoch, new Dictionary<string, double> { ["mae [ratio]"] = 0.01 });
        }

        public RunSet Train { get; } = RunFactory.Set(120);

        public FittedChampion Champion { get; }

        public string Path { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
