using Hangfire;
using Hangfire.Storage;
using Headroom.Storage;
using Headroom.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Headroom.Jobs.Tests;

[Collection(HangfireStatics.Name)]
public sealed class ScheduleTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Every_schedule_runs_its_job_on_a_real_database()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Headroom", database.ConnectionString), new("Headroom:Jobs:PollSeconds", "1")]);
        builder.AddHeadroomStorage();
        builder.AddHeadroomJobs();
        using var host = builder.Build();
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
        while (monitor.SucceededListCount() < Schedules.All.Count && monitor.FailedCount() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }

        Assert.Equal(0, monitor.FailedCount());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }
}
