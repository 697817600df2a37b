using Headroom.Interference.Live;
using Headroom.Interference.Serving;
using Headroom.Interference.Tests.Live;

namespace Headroom.Interference.Tests.Serving;

/// <summary>The model that comes along, on windows it was not trained on.</summary>
public sealed class ShippedModelTests : IAsyncDisposable
{
    private readonly LivePredictor _predictor = new(new InferenceLane(ShippedModel.Load()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _predictor.Lane.DisposeAsync();

    [Fact]
    public async Task It_answers_out_of_the_box_with_an_interval_reasons_that_add_up_and_every_neighbour()
    {
        var target = MadeUpHosts.Workload(1, 0.6, 0.5);
        var answer = (await _predictor.AskAsync(MadeUpHosts.Host(1, target, MadeUpHosts.Workload(2, 1.0, 0.5), MadeUpHosts.Workload(3, 0.4, 0.5)), target, true, true, Cancellation))!;

        Assert.InRange(answer.Prediction.Value, answer.Prediction.Lower, answer.Prediction.Upper);
        Assert.Equal(answer.Prediction.Value - answer.Prediction.Reasons!.Base, answer.Prediction.Reasons.ByResource().Sum(part => part.Share), 4);
        Assert.Equal([2, 3], answer.Neighbours.Select(neighbour => neighbour.Id).Order());
        Assert.All(answer.Neighbours, neighbour => Assert.Equal(neighbour.Without - answer.Prediction.Value, neighbour.Costs, 9));
        Assert.Equal(answer.Neighbours.Select(neighbour => neighbour.Costs).OrderDescending(), answer.Neighbours.Select(neighbour => neighbour.Costs));
    }

    [Fact]
    public async Task A_workload_far_from_training_says_so()
    {
        var target = MadeUpHosts.Workload(1, 60, 0.5);
        var answer = (await _predictor.AskAsync(MadeUpHosts.Host(1, target), target, false, true, Cancellation))!;

        Assert.True(answer.Prediction.IsOutOfRange);
        Assert.Contains(answer.Prediction.OutsideTraining, said => said.StartsWith("Target container.cpu.usage is 60", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_card_says_what_it_was_trained_on_and_how_it_did()
    {
        var card = _predictor.Lane.Predictor.Card;

        Assert.Equal("headroom-runs", card.TrainingData);
        Assert.True(card.TrainingRows >= 100, $"{card.TrainingRows} rows");
        Assert.True(card.Metrics["mae [ratio]"] < card.Metrics["mae of train mean [ratio]"], string.Join(", ", card.Metrics));
    }
}
