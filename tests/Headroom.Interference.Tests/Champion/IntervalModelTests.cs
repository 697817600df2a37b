using Headroom.Interference.Champion;

namespace Headroom.Interference.Tests.Champion;

public sealed class IntervalModelTests
{
    [Fact]
    public void Intervals_are_wide_where_errors_are_large_and_cover_the_level()
    {
        var random = new Random(1);
        var predicted = Enumerable.Range(0, 2_000).Select(_ => random.NextDouble()).ToArray();
        var truth = Array.ConvertAll(predicted, value => value + ((0.02 + (0.2 * value)) * (random.NextDouble() - 0.5)));
        string[] groups = [.. Enumerable.Range(0, predicted.Length).Select(row => $"{row % 20}")];

        var model = IntervalModel.Fit(truth[..1_000], predicted[..1_000], groups[..1_000], 0.9, doubt: false);

        Assert.True(model.Around(0.9).Width > 3 * model.Around(0.1).Width);
        Assert.InRange(truth[1_000..].Zip(predicted[1_000..], (value, guess) => model.Around(guess).Contains(value) ? 1.0 : 0).Average(), 0.87, 0.93);
    }

    [Fact]
    public void One_group_alone_still_gives_an_interval()
    {
        var model = IntervalModel.Fit([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1], [.. Enumerable.Repeat("one", 10)], 0.8, doubt: false);

        Assert.Equal(0.2, model.Around(0.5).Width, 6);
    }
}
