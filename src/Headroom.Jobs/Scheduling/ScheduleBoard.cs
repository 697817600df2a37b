using System.Text.Json;
using Hangfire;
using Hangfire.Storage;
using Headroom.Storage.Work;

namespace Headroom.Jobs.Scheduling;

/// <summary>The schedules as people see and change them.</summary>
public sealed class ScheduleBoard(ScheduleStore store, IRecurringJobManager manager, JobStorage storage)
{
    /// <summary>Every schedule, in the order of the table.</summary>
    public async Task<IReadOnlyList<ScheduleLine>> ListAsync(CancellationToken cancellationToken)
    {
        var changed = (await store.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Job);
        using var connection = storage.GetConnection();
        var recurring = connection.GetRecurringJobs().ToDictionary(job => job.Id);
        return
        [
            .. Schedules.All.Select(schedule =>
            {
                var change = changed.GetValueOrDefault(schedule.Job);
                var seen = recurring.GetValueOrDefault(schedule.Job);
                return new ScheduleLine(
                    schedule.Job, change is null ? schedule.Cron : change.Cron, schedule.Cron, change?.ChangedBy, change?.ChangedAt, Utc(seen?.LastExecution), Utc(seen?.NextExecution), seen?.LastJobState, SaidBy(connection, seen?.LastJobId));
            }),
        ];
    }

    /// <summary>Whether there is a scheduled job of this name.</summary>
    public static bool Has(string job) => Schedules.All.Any(schedule => schedule.Job == job);

    /// <summary>How the schedule of a job is set; null when there is no such job.</summary>
    public async Task<SetSchedule?> FindAsync(string job, CancellationToken cancellationToken)
    {
        if (Schedules.All.FirstOrDefault(known => known.Job == job) is not { } schedule)
        {
            return null;
        }

        var change = (await store.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(row => row.Job == job);
        return new SetSchedule(job, change is null ? schedule.Cron : change.Cron, schedule.Cron, change?.ChangedBy, change?.ChangedAt);
    }

    /// <summary>Changes when a job runs.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="cron">Five fields, or six with seconds in front, UTC; null switches it off.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no such job, or the fields are wrong; the message says so.</exception>
    public async Task ChangeAsync(string job, string? cron, string by, CancellationToken cancellationToken)
    {
        var schedule = Find(job);
        try
        {
            Apply(job, cron);
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"cron: expected five fields (minute hour day month weekday, UTC), or six with seconds in front, got '{cron}'", nameof(cron), wrong);
        }

        if (cron == schedule.Cron)
        {
            await store.ResetAsync(job, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await store.SetAsync(job, cron, by, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a job once, now.</summary>
    /// <exception cref="ArgumentException">There is no such job.</exception>
    public void RunNow(string job)
    {
        Find(job);
        // A job that is switched off is not known to Hangfire, so it is not triggered but enqueued.
        new BackgroundJobClient(storage).Enqueue<ScheduledJobRunner>(runner => runner.RunAsync(job, CancellationToken.None));
    }

    internal async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var changed = (await store.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Job);
        foreach (var schedule in Schedules.All)
        {
            Apply(schedule.Job, changed.TryGetValue(schedule.Job, out var change) ? change.Cron : schedule.Cron);
        }
    }

    private void Apply(string job, string? cron)
    {
        if (cron is null)
        {
            manager.RemoveIfExists(job);
            return;
        }

        manager.AddOrUpdate<ScheduledJobRunner>(job, runner => runner.RunAsync(job, CancellationToken.None), cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
    }

    private static string? SaidBy(IStorageConnection connection, string? jobId)
    {
        if (jobId is null || connection.GetStateData(jobId)?.Data is not { } data)
        {
            return null;
        }

        return data.TryGetValue("ExceptionMessage", out var failure) ? failure : data.TryGetValue("Result", out var said) ? JsonSerializer.Deserialize<string>(said) : null;
    }

    private static Schedule Find(string job) => Schedules.All.FirstOrDefault(schedule => schedule.Job == job)
        ?? throw new ArgumentException($"job: expected one of {string.Join(", ", Schedules.All.Select(schedule => schedule.Job))}; got '{job}'", nameof(job));

    private static DateTimeOffset? Utc(DateTime? time) => time is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;
}
