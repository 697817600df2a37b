using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Work;

/// <summary>Schedules that people changed.</summary>
public sealed class ScheduleStore(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Every change that holds.</summary>
    public async Task<IReadOnlyList<JobScheduleRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.JobSchedules.AsNoTracking().OrderBy(schedule => schedule.Job).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes when a job runs.</summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="cron">Five fields, UTC; null switches it off.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SetAsync(string job, string? cron, string by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO job_schedules (job, cron, changed_by, changed_at) VALUES ({job}, {cron}, {by}, {clock.GetUtcNow()})
            ON CONFLICT (job) DO UPDATE SET cron = excluded.cron, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a job run as the program says.</summary>
    public async Task ResetAsync(string job, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.JobSchedules.Where(schedule => schedule.Job == job).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
