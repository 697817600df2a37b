using Headroom.Jobs.Retraining;
using Headroom.Jobs.Verification;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Tests.Upkeep;

[Collection(HangfireStatics.Name)]
public sealed class VerifyPredictionsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_labels_are_held_against_what_was_predicted_once_each_and_the_version_is_measured_by_them()
    {
        await using var fleet = await LiveFleet.StartAsync(database, "verified", Cancellation, ("Headroom:Interference:WindowSeconds", "10"), ("Headroom:Interference:SettleSeconds", "0"));
        var champion = await fleet.TrainAsync(await fleet.LiveRunsAsync(), seed: 1);
        await fleet.PromoteAsync(champion);
        await fleet.AnswerAsync();
        Assert.Empty(await fleet.RunScheduleAsync(Schedules.Verification));

        var answers = await fleet.AnswersAsync();
        await fleet.LabelAsync(answer => answer.Value + 0.25, answer => answer.At < answers[^1].At.AddMinutes(-1));
        var verified = await fleet.AnswerOfAsync<VerifyPredictionsAnswer>(Assert.Single(await fleet.RunScheduleAsync(Schedules.Verification)));

        var version = Assert.Single(verified.Versions);
        Assert.Equal((champion.Number, champion.CardId), (version.Version, version.ModelId));
        Assert.Equal(0.25, version.Mae, 6);
        Assert.Equal(verified.Labels, version.Labels);
        Assert.True(verified.Labels > 10);
        var metrics = (await fleet.Models.MetricsAsync(InterferenceVersions.Name, Cancellation)).Where(metric => metric.Source == ModelMetricRow.LateLabels).ToArray();
        Assert.Equal(0.25, metrics.Single(metric => metric is { Slice: ModelMetricRow.Everything, Name: "mae" }).Value, 6);

        // Nothing waits any more, and what was verified outlives the predictions.
        Assert.Empty(await fleet.RunScheduleAsync(Schedules.Verification));
        await fleet.Services.GetRequiredService<InterferencePredictions>().ForgetAsync(DateTimeOffset.MaxValue, Cancellation);
        var known = Assert.Single(await fleet.Services.GetRequiredService<VerifiedPredictions>().ModelsAsync(Cancellation));
        Assert.Equal((champion.CardId, verified.Labels), (known.ModelId, known.Labels));
    }
}
