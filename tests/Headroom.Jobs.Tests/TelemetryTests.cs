using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Work;
using Headroom.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Jobs.Tests;

/// <summary>What predictions and jobs tell a collector.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_of_predictions_says_how_large_it_was_how_long_it_waited_and_took_and_which_version_answered()
    {
        using var measured = new Measurements(LaneTelemetry.Name);
        var model = ShippedModel.Load();
        // A lane of its own by a name of its own: other tests ask the shipped model too.
        var named = new InterferencePredictor(model.Champion, model.Card with { Kind = "interference.measured" });
        var window = new InterferenceRun { Id = "1", Application = "app", Composition = "alone", Frames = [new float[model.Schema.Metrics.Count]], Context = new float[model.Schema.Context.Count], Label = 1 };
        await using (var lane = new InferenceLane(named))
        {
            await lane.PredictAsync([window, window, window], withReasons: false, patient: true, Cancellation);
        }

        Measured Only(string instrument) => Assert.Single(measured.Of(instrument), one => (string?)one.Tags["model"] == named.Card.Id);
        Assert.Equal(3, Only("headroom.predictions.batch").Value);
        Assert.True(Only("headroom.predictions.wait").Value >= 0);
        Assert.Equal(false, Only("headroom.predictions.duration").Tags["reasons"]);
        Assert.Contains(measured.Ended, trace => trace.OperationName == "predict" && (string?)trace.GetTagItem("headroom.model") == named.Card.Id && (int?)trace.GetTagItem("headroom.windows") == 3);
    }

    [Fact]
    public async Task A_scheduled_job_says_how_long_it_took_and_how_it_ended()
    {
        using var measured = new Measurements(JobTelemetry.Name);
        var runner = new ScheduledJobRunner([new Job("measured-fine", null), new Job("measured-broken", "out of order")], NullLogger<ScheduledJobRunner>.Instance);
        await runner.RunAsync("measured-fine", Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync("measured-broken", Cancellation));

        Assert.Equal(
            [("measured-fine", "succeeded"), ("measured-broken", "failed")],
            measured.Of("headroom.jobs.duration").Select(one => ((string)one.Tags["job"]!, (string)one.Tags["outcome"]!)).Where(one => one.Item1.StartsWith("measured-", StringComparison.Ordinal)));
        Assert.Equal([1, -1], measured.Of("headroom.jobs.running").Where(one => (string?)one.Tags["job"] == "measured-fine").Select(one => one.Value));
        Assert.Contains(measured.Ended, trace => trace.OperationName == "job measured-broken" && trace.Status == System.Diagnostics.ActivityStatusCode.Error);
    }

    private sealed class Job(string name, string? failure) : IScheduledJob
    {
        public string Name => name;

        public Task<string> RunAsync(CancellationToken cancellationToken) => failure is null ? Task.FromResult("done") : throw new InvalidOperationException(failure);
    }
}
