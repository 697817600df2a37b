using Headroom.Interference.Serving;
using Headroom.Jobs.Drift;
using Headroom.Jobs.Retraining;
using Headroom.Learning.Drift;
using Headroom.Storage.Registry;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Tests.Upkeep;

/// <summary>Live windows from the store against the training sample in the champion's file.</summary>
[Collection(HangfireStatics.Name)]
public sealed class DriftCheckTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alarms_name_the_metrics_that_left_training_end_when_they_are_back_and_too_many_ask_for_a_retraining_once()
    {
        await using var fleet = await LiveFleet.StartAsync(database, "drifting", Cancellation);
        await fleet.PromoteAsync(await fleet.TrainAsync(await fleet.LiveRunsAsync(shift: 5), seed: 1));
        await fleet.AnswerAsync();

        var work = Assert.Single(await fleet.RunScheduleAsync(Schedules.DriftCheck));
        var found = await fleet.AnswerOfAsync<DriftCheckAnswer>(work);
        var alarms = fleet.Services.GetRequiredService<ModelAlarms>();
        var open = await alarms.OpenAsync(InterferenceVersions.Name, Cancellation);

        Assert.Equal(["Target container.cpu.pressure.some", "Target container.cpu.usage"], open.Select(alarm => alarm.Metric));
        Assert.Equal((1.0, 2, 0), (found.DriftingShare, found.Features, found.Labels));
        Assert.All(open, alarm => Assert.True(alarm.WorkId == work.WorkId && alarm.Since < alarm.RaisedAt && alarm.Statistic < alarm.Threshold && alarm.MaeEffect is not null));
        Assert.Contains(await fleet.LogAsync(work), line => line.Contains("Target container.cpu.usage is not as in training since", StringComparison.Ordinal));
        var asked = Assert.Single(found.Retrainings.Distinct());
        Assert.Equal((RetrainRequest.Kind, Schedules.DriftCheck), await KindAndAskerAsync(fleet, asked));

        // The same alarms ask for nothing more.
        var again = await fleet.AnswerOfAsync<DriftCheckAnswer>(Assert.Single(await fleet.RunScheduleAsync(Schedules.DriftCheck)));
        Assert.Equal((2, 0, 0), (again.Metrics.Count, again.Raised.Count, again.Retrainings.Count));

        // A version that learnt from these windows is at home in them.
        await fleet.PromoteAsync(await fleet.TrainAsync(await fleet.LiveRunsAsync(), seed: 2));
        Assert.Contains("nothing to hold against training", (await fleet.AnswerOfAsync<DriftCheckAnswer>(Assert.Single(await fleet.RunScheduleAsync(Schedules.DriftCheck)))).Summary, StringComparison.Ordinal);
        Assert.Empty(await alarms.OpenAsync(InterferenceVersions.Name, Cancellation));
    }

    private static async Task<(string Kind, string Asker)> KindAndAskerAsync(LiveFleet fleet, Guid workId) =>
        await fleet.Services.GetRequiredService<WorkStore>().FindAsync(workId, Cancellation) is { } work ? (work.Kind, work.RequestedBy) : ("", "");
}

/// <summary>The same on databases whose champions are at home, or cannot be held against anything.</summary>
[Collection(HangfireStatics.Name)]
public sealed class QuietDriftCheckTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Windows_like_those_in_training_raise_nothing_and_lost_coverage_does()
    {
        await using var fleet = await LiveFleet.StartAsync(database, "at home", Cancellation, ("Headroom:Interference:WindowSeconds", "2"), ("Headroom:Interference:SettleSeconds", "0"));
        await fleet.PromoteAsync(await fleet.TrainAsync(await fleet.LiveRunsAsync(), seed: 1));
        await fleet.AnswerAsync();

        var calm = await fleet.AnswerOfAsync<DriftCheckAnswer>(Assert.Single(await fleet.RunScheduleAsync(Schedules.DriftCheck)));
        Assert.True(calm.Metrics.Count == 0, calm.Summary);
        Assert.True(calm.Rows > 0, calm.Summary);

        // Every truth lies outside its interval.
        await fleet.LabelAsync(answer => answer.Upper + 0.2);
        Assert.Single(await fleet.RunScheduleAsync(Schedules.Verification));
        var lost = await fleet.AnswerOfAsync<DriftCheckAnswer>(Assert.Single(await fleet.RunScheduleAsync(Schedules.DriftCheck)));

        Assert.Equal([DriftAlarm.Coverage], lost.Metrics);
        Assert.NotEmpty(lost.Retrainings);
    }

    [Fact]
    public async Task A_model_file_without_a_sample_says_that_its_drift_is_not_available()
    {
        await using var own = await LiveFleet.StartAsync(database, "old file", Cancellation);
        var predictor = InterferenceVersions.Kind.Read(ShippedModel.Bytes());
        Assert.SkipWhen(predictor.Champion.Reference is not null, "the shipped model carries a sample by now");
        await own.PromoteAsync(await own.Registry.RegisterAsync(InterferenceVersions.Kind.Describe(predictor, ShippedModel.Bytes(), "test"), null, Cancellation));

        var answer = await own.AnswerOfAsync<DriftCheckAnswer>(Assert.Single(await own.RunScheduleAsync(Schedules.DriftCheck)));

        Assert.Contains("carries no sample of its training windows", answer.Unavailable, StringComparison.Ordinal);
        Assert.StartsWith("not available: ", answer.Summary, StringComparison.Ordinal);
    }
}
