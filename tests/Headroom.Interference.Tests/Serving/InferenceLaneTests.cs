using Headroom.Interference.Serving;

namespace Headroom.Interference.Tests.Serving;

public sealed class InferenceLaneTests(Champion.ServingTests.Trained trained) : IClassFixture<Champion.ServingTests.Trained>
{
    private readonly InterferencePredictor _model = InterferencePredictor.Load(trained.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_callers_at_once_get_what_the_model_says_about_their_own_windows()
    {
        await using var lane = new InferenceLane(_model, capacity: 4, batch: 8);
        var windows = trained.Train.Runs.Take(40).ToArray();
        var expected = _model.Predict(windows);

        var answers = await Task.WhenAll(windows.Select((window, index) => Task.Run(() => lane.PredictAsync([window], index % 10 == 0, patient: true, Cancellation), Cancellation)));

        Assert.Equal(expected.Select(answer => answer.Value), answers.Select(answer => answer[0].Value), (left, right) => Math.Abs(left - right) < 1e-9);
        Assert.All(answers.Where((_, index) => index % 10 == 0), answer => Assert.Equal(
            answer[0].Value - answer[0].Reasons!.Base, answer[0].Reasons!.Features.Sum(share => share.Share), 4));
    }

    [Fact]
    public async Task A_full_lane_refuses_those_who_do_not_wait()
    {
        await using var lane = new InferenceLane(_model, capacity: 1, batch: 1);
        var window = trained.Train.Runs[0];

        // Reasons take a thousand predictions each: the lane is behind from the third question on.
        var asked = Enumerable.Range(0, 50).Select(_ => lane.PredictAsync([window], withReasons: true, patient: false, Cancellation)).ToArray();

        var refused = await Assert.ThrowsAsync<InferenceLaneFullException>(() => Task.WhenAll(asked));
        Assert.Contains("1 questions wait", refused.Message, StringComparison.Ordinal);
        Assert.Contains(asked, question => question.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_wrong_window_fails_its_own_caller_only()
    {
        await using var lane = new InferenceLane(_model);
        var good = lane.PredictAsync([trained.Train.Runs[0]], false, true, Cancellation);

        await Assert.ThrowsAsync<ArgumentException>(() => lane.PredictAsync([trained.Train.Runs[0] with { Frames = [[1f]] }], false, true, Cancellation));
        Assert.Single(await good);
    }
}
