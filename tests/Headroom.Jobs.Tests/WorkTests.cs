using System.Text.Json;
using Headroom.Jobs.Work;
using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Tests;

[Collection(HangfireStatics.Name)]
public sealed class WorkTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_is_done_and_its_answer_progress_and_log_are_kept()
    {
        using var host = await StartAsync();
        using var measured = new Measurements(JobTelemetry.Name);
        var id = await EnqueueAsync(host, "count", new CountArguments(3));
        var ended = await EndOfAsync(host, id);
        var store = host.Services.GetRequiredService<WorkStore>();

        Assert.Equal((WorkState.Succeeded, 1.0, 1L), (ended.State, ended.Progress, ended.Attempts));
        Assert.Equal(3, JsonDocument.Parse((await store.ResultAsync(id, Cancellation))!).RootElement.GetProperty("counted").GetInt32());
        Assert.Equal(["counted to 1", "counted to 2", "counted to 3"], (await store.LogTailAsync(id, 10, Cancellation)).Select(line => line.Text));
        await UntilAsync(() => Task.FromResult(measured.Ended.Any(trace => Equals(trace.GetTagItem("headroom.work"), id) && (string?)trace.GetTagItem("headroom.outcome") == "succeeded")));
        Assert.Contains(measured.Of("headroom.jobs.duration"), one => (string?)one.Tags["job"] == "count" && (string?)one.Tags["outcome"] == "succeeded");
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Running_work_stops_when_somebody_cancels_it_and_runs_again_from_its_checkpoint()
    {
        using var host = await StartAsync();
        var store = host.Services.GetRequiredService<WorkStore>();
        var id = await EnqueueAsync(host, "count", new CountArguments(5, HoldAt: 2));
        await UntilAsync(async () => (await store.LogTailAsync(id, 10, Cancellation)).Count == 2);
        Assert.True(await store.CancelAsync(id, Cancellation));
        Assert.Equal(WorkState.Cancelled, (await EndOfAsync(host, id)).State);
        Assert.False(await store.CancelAsync(id, Cancellation));

        await using (var scope = host.Services.CreateAsyncScope())
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<WorkQueue>().RetryAsync(id, Cancellation));
        }

        Assert.Equal(WorkState.Succeeded, (await EndOfAsync(host, id)).State);
        Assert.Equal(["counted to 1", "counted to 2", "counted to 3", "counted to 4", "counted to 5"], (await store.LogTailAsync(id, 10, Cancellation)).Select(line => line.Text));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Work_that_cannot_be_done_says_why()
    {
        using var host = await StartAsync();
        var refused = await EndOfAsync(host, await EnqueueAsync(host, "count", new CountArguments(-1)));
        Assert.Equal((WorkState.Failed, "to: expected 0 or more, got -1"), (refused.State, refused.Error));
        var unknown = await EndOfAsync(host, await EnqueueAsync(host, "no-such-kind", new { }));
        Assert.Contains("no kind of work is called 'no-such-kind'", unknown.Error, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Only_the_newest_of_two_claims_can_publish()
    {
        await using var services = Services();
        var contexts = services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>();
        var id = await services.GetRequiredService<WorkStore>().AddAsync("count", "{}", "test", Cancellation);
        var dead = await WorkClaim.TakeAsync(contexts, TimeProvider.System, id, "first", TimeSpan.FromSeconds(-1), Cancellation);
        var living = await WorkClaim.TakeAsync(contexts, TimeProvider.System, id, "second", TimeSpan.FromMinutes(1), Cancellation);
        Assert.NotNull(dead);
        Assert.NotNull(living);
        Assert.Null(await WorkClaim.TakeAsync(contexts, TimeProvider.System, id, "third", TimeSpan.FromMinutes(1), Cancellation));

        Assert.Equal(Heartbeat.Lost, await dead.BeatAsync(0.5, "still here", TimeSpan.FromMinutes(1), Cancellation));
        Assert.False(await dead.SaveCheckpointAsync([1], Cancellation));
        Assert.False(await dead.EndAsync(WorkState.Succeeded, "{\"by\":\"first\"}", null, Cancellation));
        Assert.True(await living.EndAsync(WorkState.Succeeded, "{\"by\":\"second\"}", null, Cancellation));
        Assert.Contains("second", await services.GetRequiredService<WorkStore>().ResultAsync(id, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_whose_worker_died_is_found_and_announced_again()
    {
        await using var services = Services();
        var contexts = services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>();
        var store = services.GetRequiredService<WorkStore>();
        var id = await store.AddAsync("count", "{\"to\":1}", "test", Cancellation);
        Assert.NotNull(await WorkClaim.TakeAsync(contexts, TimeProvider.System, id, "dead", TimeSpan.FromSeconds(-1), Cancellation));
        Assert.Contains(id, (await store.OrphansAsync(TimeSpan.Zero, Cancellation)).Select(orphan => orphan.WorkId));

        using var host = await StartAsync();
        await RecoverAsync(host);
        var ended = await EndOfAsync(host, id);
        Assert.Equal((WorkState.Succeeded, 2L), (ended.State, ended.Attempts));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_worker_that_lacks_what_a_kind_needs_leaves_it_to_one_that_has_it_and_does_the_rest()
    {
        using var without = await StartAsync(services => services.AddScoped<IWorkKind>(_ => new NeedyWork("Torch is not here")));
        var needy = await EnqueueAsync(without, "needy", new { });
        Assert.Equal(WorkState.Succeeded, (await EndOfAsync(without, await EnqueueAsync(without, "count", new CountArguments(1)))).State);
        await RecoverAsync(without);
        Assert.Equal(WorkState.Succeeded, (await EndOfAsync(without, await EnqueueAsync(without, "count", new CountArguments(1)))).State);
        var waiting = (await without.Services.GetRequiredService<WorkStore>().FindAsync(needy, Cancellation))!;
        Assert.Equal((WorkState.Queued, 0L), (waiting.State, waiting.Attempts));

        using var with = await StartAsync(services => services.AddScoped<IWorkKind>(_ => new NeedyWork(null)));
        var ended = await EndOfAsync(with, needy);
        Assert.True(ended.State == WorkState.Succeeded, ended.Error);
        await with.StopAsync(Cancellation);
        await without.StopAsync(Cancellation);
    }

    private static async Task RecoverAsync(IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<Headroom.Jobs.Scheduling.IScheduledJob>().Single(job => job.Name == "work-recovery").RunAsync(Cancellation);
    }

    private async Task<IHost> StartAsync(Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", database.ConnectionString), new("Headroom:Jobs:PollSeconds", "1"), new("Headroom:Jobs:HeartbeatSeconds", "0.1"),
        ]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        builder.Services.AddWorkKind<CountWork>();
        more?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        return host;
    }

    private ServiceProvider Services() => new ServiceCollection().AddLogging().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();

    private static async Task<Guid> EnqueueAsync(IHost host, string kind, object arguments)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkQueue>().EnqueueAsync(kind, arguments, "test", Cancellation);
    }

    private static async Task<WorkSummary> EndOfAsync(IHost host, Guid id)
    {
        var store = host.Services.GetRequiredService<WorkStore>();
        await UntilAsync(async () => (await store.FindAsync(id, Cancellation))!.Ended);
        return (await store.FindAsync(id, Cancellation))!;
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    /// <summary>Needs Torch, and breaks where there is none.</summary>
    private sealed class NeedyWork(string? unavailable) : IWorkKind
    {
        public string Name => "needy";

        public string Needs => "torch";

        public string? Unavailable => unavailable;

        public Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken) => Unavailable is null ? Task.FromResult<object?>(new { }) : throw new WorkFailedException(Unavailable);
    }

    private sealed record CountArguments(int To, int? HoldAt = null);

    /// <summary>Counts, keeps its place, and holds once at a number until it is cancelled.</summary>
    private sealed class CountWork : IWorkKind
    {
        public string Name => "count";

        public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
        {
            var arguments = work.Arguments<CountArguments>();
            if (arguments.To < 0)
            {
                throw new WorkFailedException($"to: expected 0 or more, got {arguments.To}");
            }

            var counted = work.Checkpoint?[0] ?? 0;
            var resumed = counted > 0;
            while (counted < arguments.To)
            {
                counted++;
                await work.LogAsync($"counted to {counted}", cancellationToken);
                await work.SaveCheckpointAsync([(byte)counted], cancellationToken);
                work.Report(new WorkProgress((double)counted / arguments.To, "counting"));
                if (!resumed && counted == arguments.HoldAt)
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            }

            return new { Counted = counted };
        }
    }
}
