using System.Globalization;
using Hangfire;
using Hangfire.Storage;
using Headroom.Jobs.Scheduling;
using Headroom.Storage;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Headroom.Jobs.Tests;

[Collection(HangfireStatics.Name)]
public sealed class ScheduleTests(PostgresDatabase database, PostgresCluster cluster) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Every_schedule_runs_its_job_on_a_real_database()
    {
        using var host = Build(database.ConnectionString);
        await host.StartAsync(TestContext.Current.CancellationToken);
        var recurring = host.Services.GetRequiredService<IRecurringJobManager>();
        foreach (var schedule in Schedules.All)
        {
            recurring.Trigger(schedule.Job);
        }

        var storage = host.Services.GetRequiredService<JobStorage>();
        Assert.Equal(Schedules.All.Select(schedule => schedule.Job).Order(), storage.GetConnection().GetRecurringJobs().Select(job => job.Id).Order());
        var monitor = storage.GetMonitoringApi();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await using var scope = host.Services.CreateAsyncScope();
        var board = scope.ServiceProvider.GetRequiredService<ScheduleBoard>();

        // What each said of itself is kept with its last run.
        while ((await board.ListAsync(limit.Token)).Any(line => string.IsNullOrWhiteSpace(line.LastSaid)) && monitor.FailedCount() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }

        Assert.Equal(0, monitor.FailedCount());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_program_that_was_killed_while_it_started_does_not_keep_the_next_one_from_starting()
    {
        await using var own = new PostgresDatabase(cluster);
        await own.InitializeAsync();

        // Longer than Hangfire waits for a lock, so that the first try is in vain.
        using var killed = Build(own.ConnectionString, lockSeconds: 17);
        killed.Services.GetRequiredService<JobStorage>().GetConnection().AcquireDistributedLock($"lock:recurring-job:{Schedules.All[^1].Job}", TimeSpan.Zero);

        using var next = Build(own.ConnectionString, lockSeconds: 17);
        await next.StartAsync(TestContext.Current.CancellationToken);

        using var connection = next.Services.GetRequiredService<JobStorage>().GetConnection();
        Assert.Equal(Schedules.All.Count, connection.GetRecurringJobs().Count);
        await next.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Build(string connectionString, int lockSeconds = 30)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Headroom", connectionString), new("Headroom:Jobs:PollSeconds", "1"), new("Headroom:Jobs:LockSeconds", lockSeconds.ToString(CultureInfo.InvariantCulture)),
        ]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        return builder.Build();
    }
}
