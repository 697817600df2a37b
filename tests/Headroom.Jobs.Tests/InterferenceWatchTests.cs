using Headroom.Jobs.Capacity;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Scheduling;
using Headroom.Storage;
using Headroom.Storage.Interference;
using Headroom.Storage.Reading;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests;

/// <summary>Frames of the project's own campaign, played again: from the store through the shipped model into the store.</summary>
[Collection(HangfireStatics.Name)]
public sealed class InterferenceWatchTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Window = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_busy_workload_of_a_living_host_is_predicted_once_with_reasons_and_the_cost_of_every_neighbour()
    {
        var run = RecordedRun.Beside(2);
        var endsAt = new DateTimeOffset(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        using var host = Build(("Headroom:Interference:OutlookMinutes", "1440"));
        var agent = await database.AddAgentAsync("watched", Cancellation);
        await host.Services.GetRequiredService<TelemetryWriter>().WriteAsync([run.Batch(agent.AgentId, Guid.NewGuid(), endsAt.AddSeconds(-Window), Window)], Cancellation);
        var watch = host.Services.GetRequiredService<InterferenceWatch>();

        var stored = await watch.PredictAsync(endsAt, Cancellation);
        await watch.PredictAsync(endsAt, Cancellation);

        Assert.InRange(stored, 2, run.Workloads.Count);
        var rows = await host.Services.GetRequiredService<InterferencePredictions>().LatestAsync(endsAt, Cancellation);
        Assert.Equal(stored, rows.Count);
        var entities = await host.Services.GetRequiredService<EntityReader>().ListAsync(agent.HostId, EntityKind.Workload, null, Cancellation);
        var target = rows.Single(row => row.EntityId == entities.Single(entity => entity.Key == run.TargetKey).EntityId);
        Assert.Equal((endsAt, Window), (target.At, target.WindowSeconds));
        Assert.InRange(target.Value, target.Lower, target.Upper);
        Assert.InRange(target.Value, 0, 1.5);

        var reasons = PredictionText.ReasonsOf(target)!;
        Assert.Equal(target.Value - reasons.Base, reasons.Resources.Sum(part => part.Share), 4);
        Assert.Equal(target.Value - reasons.Base, reasons.Metrics.Sum(part => part.Share) + reasons.Rest, 4);
        Assert.NotEmpty(PredictionText.NeighboursOf(target));

        var gone = PredictionText.NeighboursOf(target).Select(neighbour => neighbour.Id).ToHashSet();
        var alone = await host.Services.GetRequiredService<NeighbourWhatIf>().AskAsync(target, gone, Cancellation);
        Assert.True(alone!.Value > target.Value, $"{alone.Value} alone, {target.Value} beside {gone.Count}");

        // Capacity hears of the workloads whose windows lie inside the training range.
        var promises = await host.Services.GetServices<IInterferenceOutlook>().Single().ReadAsync(agent.HostId, Cancellation);
        Assert.Equal(rows.Count(row => row.OutsideTraining.Length == 0), promises.Count);
        Assert.All(promises, promise => Assert.Contains(rows, row => row.Value == promise.Predicted && row.At == promise.PredictedAt));
    }

    [Fact]
    public async Task A_host_that_is_silent_or_idle_is_not_predicted_and_old_predictions_are_forgotten()
    {
        using var host = Build();
        var watch = host.Services.GetRequiredService<InterferenceWatch>();
        await database.AddAgentAsync("silent", Cancellation);

        Assert.Equal(0, await watch.PredictAsync(TimeProvider.System.GetUtcNow().AddDays(-300), Cancellation));
        await using var scope = host.Services.CreateAsyncScope();
        var said = await scope.ServiceProvider.GetServices<IScheduledJob>().Single(job => job.Name == InterferenceRetentionJob.JobName).RunAsync(Cancellation);
        Assert.Contains("forgotten", said, StringComparison.Ordinal);
    }

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", database.ConnectionString),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        return builder.Build();
    }
}
