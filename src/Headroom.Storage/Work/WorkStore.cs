using System.Text.Json;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Work;

/// <summary>The pieces of work that people and schedules asked for, as their askers see them.</summary>
public sealed class WorkStore(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Writes down new work; it runs once a worker is told of it.</summary>
    public async Task<Guid> AddAsync(string kind, string arguments, string requestedBy, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var row = new WorkRow { WorkId = Guid.CreateVersion7(clock.GetUtcNow()), Kind = kind, Arguments = arguments, RequestedBy = requestedBy, CreatedAt = clock.GetUtcNow() };
        context.Work.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return row.WorkId;
    }

    /// <summary>One piece of work without its checkpoint, or null.</summary>
    public async Task<WorkSummary?> FindAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await Summaries(context.Work.Where(work => work.WorkId == workId)).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest work first.</summary>
    /// <param name="question">Which.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<WorkSummary>> ListAsync(WorkQuestion question, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var ofModel = JsonSerializer.Serialize(new { model = question.Model });
        var rows = context.Work.Where(work =>
            (question.Kind == null || work.Kind == question.Kind)
            && (question.State == null || work.State == question.State)
            && (question.Before == null || work.CreatedAt < question.Before)
            && (question.Model == null
                || question.ModelKinds.Contains(work.Kind)
                || EF.Functions.JsonContains(work.Arguments, ofModel)
                || context.ModelVersions.Any(version => version.WorkId == work.WorkId && version.Model == question.Model)
                || context.ModelDecisions.Any(decision => decision.WorkId == work.WorkId && decision.Model == question.Model)
                || context.ModelAlarms.Any(alarm => alarm.WorkId == work.WorkId && alarm.Model == question.Model)));
        if (!string.IsNullOrWhiteSpace(question.Search))
        {
            var pattern = SearchPattern.Containing(question.Search);
            rows = rows.Where(work => EF.Functions.ILike(work.Kind, pattern) || EF.Functions.ILike(work.RequestedBy, pattern)
                || EF.Functions.ILike(work.Message!, pattern) || EF.Functions.ILike(work.Error!, pattern));
        }

        return await Summaries(rows.OrderByDescending(work => work.CreatedAt).Take(take)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Work of a kind with the same arguments that waits or runs, or null.</summary>
    public async Task<Guid?> ActiveAsync(string kind, string arguments, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Work.Where(work => work.Kind == kind && work.Arguments == arguments && (work.State == WorkState.Queued || work.State == WorkState.Running))
            .Select(work => (Guid?)work.WorkId).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest answer of a kind of work, asked with these arguments where they are given; null when there is none.</summary>
    public async Task<WorkAnswer?> LatestAsync(string kind, string? arguments, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Work.Where(work => work.Kind == kind && work.State == WorkState.Succeeded && work.Result != null && (arguments == null || work.Arguments == arguments))
            .OrderByDescending(work => work.FinishedAt).Select(work => new WorkAnswer(work.WorkId, work.FinishedAt!.Value, work.Result!))
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How long work of a kind took, the newest last.</summary>
    public async Task<IReadOnlyList<WorkDuration>> DurationsAsync(string kind, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Work.Where(work => work.Kind == kind && work.State == WorkState.Succeeded && work.StartedAt != null && work.FinishedAt != null)
            .OrderByDescending(work => work.FinishedAt).Take(take)
            .Select(work => new { work.FinishedAt, work.StartedAt }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new WorkDuration(row.FinishedAt!.Value, row.FinishedAt.Value - row.StartedAt!.Value)).Reverse()];
    }

    /// <summary>What it was asked to do, a JSON object; null when there is no such work.</summary>
    public async Task<string?> ArgumentsAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Work.Where(work => work.WorkId == workId).Select(work => work.Arguments).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The JSON answer of work that succeeded; null before.</summary>
    public async Task<string?> ResultAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Work.Where(work => work.WorkId == workId).Select(work => work.Result).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last lines it wrote, oldest first.</summary>
    public async Task<IReadOnlyList<WorkLogRow>> LogTailAsync(Guid workId, int lines, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var tail = await context.WorkLog.AsNoTracking().Where(line => line.WorkId == workId)
            .OrderByDescending(line => line.Line).Take(lines).ToListAsync(cancellationToken).ConfigureAwait(false);
        tail.Reverse();
        return tail;
    }

    /// <summary>Asks work to stop: queued work ends at once, running work within its next heartbeat. False when it has already ended or does not exist.</summary>
    public async Task<bool> CancelAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var ended = await context.Work.Where(work => work.WorkId == workId && work.State == WorkState.Queued)
            .ExecuteUpdateAsync(
                set => set.SetProperty(work => work.State, WorkState.Cancelled).SetProperty(work => work.CancelRequestedAt, now).SetProperty(work => work.FinishedAt, now),
                cancellationToken).ConfigureAwait(false);
        return ended > 0 || await context.Work.Where(work => work.WorkId == workId && work.State == WorkState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(work => work.CancelRequestedAt, now), cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Puts work that failed or was cancelled back into the queue; it goes on from its checkpoint. False when it is in another state.</summary>
    public async Task<bool> RequeueAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Work.Where(work => work.WorkId == workId && (work.State == WorkState.Failed || work.State == WorkState.Cancelled))
            .ExecuteUpdateAsync(
                set => set.SetProperty(work => work.State, WorkState.Queued).SetProperty(work => work.Error, (string?)null)
                    .SetProperty(work => work.CancelRequestedAt, (DateTimeOffset?)null).SetProperty(work => work.FinishedAt, (DateTimeOffset?)null),
                cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Work that no living worker holds although it should run: running with a lease that ended, or queued for a while although every worker is idle.</summary>
    public async Task<IReadOnlyList<OrphanedWork>> OrphansAsync(TimeSpan queuedFor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return await context.Work
            .Where(work => (work.State == WorkState.Running && work.LeaseUntil < now)
                || (work.State == WorkState.Queued && work.CreatedAt < now - queuedFor && !context.Work.Any(other => other.State == WorkState.Running && other.LeaseUntil >= now)))
            .OrderBy(work => work.CreatedAt).Select(work => new OrphanedWork(work.WorkId, work.Kind)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets work that ended before a time, with its log; returns how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Work.Where(work => work.FinishedAt < endedBefore).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<WorkSummary> Summaries(IQueryable<WorkRow> rows) => rows.AsNoTracking().Select(work => new WorkSummary(
        work.WorkId, work.Kind, work.State, work.Progress, work.Message, work.Error, work.RequestedBy,
        work.CreatedAt, work.StartedAt, work.FinishedAt, work.CancelRequestedAt != null, work.Fence, work.Worker));
}
