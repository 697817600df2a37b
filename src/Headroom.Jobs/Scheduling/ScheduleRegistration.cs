using Hangfire;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs.Scheduling;

/// <summary>Brings Hangfire's recurring jobs in line with the table of schedules when the program starts.</summary>
internal sealed class ScheduleRegistration(IRecurringJobManager manager) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var schedule in Schedules.All)
        {
            manager.AddOrUpdate<ScheduledJobRunner>(
                schedule.Job,
                runner => runner.RunAsync(schedule.Job, CancellationToken.None),
                schedule.Cron,
                new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
