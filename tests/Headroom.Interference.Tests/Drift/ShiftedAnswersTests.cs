using Headroom.Interference.Drift;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Tests.Drift;

public sealed class ShiftedAnswersTests
{
    private readonly IReadOnlyList<InterferenceRun> _runs = RunFactory.Set(runs: 6).Runs;

    [Fact]
    public void Answers_move_by_what_the_model_makes_of_the_feature_and_stay_where_its_value_is_missing()
    {
        var answers = new ShiftedAnswers(new MeanOfFirst(), _runs);
        var values = _runs.Select((run, row) => row == 2 ? double.NaN : run.Frames.Average(frame => (double)frame[0]) - row).ToArray();

        var moves = answers.Moves(0, values);

        Assert.Equal([0, 1, 0, 3, 4, 5], moves.Select(move => Math.Round(move, 3)));
        Assert.All(answers.Moves(1, [.. _runs.Select(_ => 0.0)]), move => Assert.Equal(0, move));
    }

    [Fact]
    public void Nothing_is_asked_before_a_feature_is_moved_and_the_windows_as_they_are_only_once()
    {
        var model = new MeanOfFirst();
        var answers = new ShiftedAnswers(model, _runs);
        Assert.Equal(0, model.Asked);

        for (var feature = 0; feature < 3; feature++)
        {
            answers.Moves(feature, [.. _runs.Select(_ => 0.0)]);
        }

        Assert.Equal(4, model.Asked);
    }

    private sealed class MeanOfFirst : IFittedInterferenceModel
    {
        public int Asked { get; private set; }

        public double[] Predict(IReadOnlyList<InterferenceRun> runs)
        {
            Asked++;
            return [.. runs.Select(run => run.Frames.Average(frame => (double)frame[0]))];
        }
    }
}
