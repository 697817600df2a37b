using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Work;

/// <summary>
/// One worker's hold on a piece of work. Every write carries the fence it was claimed with and changes nothing once another worker
/// has claimed the work since: two workers may run for a while, only one can publish.
/// </summary>
public sealed class WorkClaim
{
    private readonly IDbContextFactory<HeadroomDbContext> _contexts;
    private readonly TimeProvider _clock;
    private readonly long _fence;

    private WorkClaim(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock, WorkRow row)
    {
        (_contexts, _clock, _fence) = (contexts, clock, row.Fence);
        (WorkId, Kind, Arguments, Checkpoint) = (row.WorkId, row.Kind, row.Arguments, row.Checkpoint);
    }

    /// <summary>The work.</summary>
    public Guid WorkId { get; }

    /// <summary>The right to publish, for writes outside this class.</summary>
    public WorkFence Fence => new(WorkId, _fence);

    /// <summary>Name of its kind.</summary>
    public string Kind { get; }

    /// <summary>What to do, a JSON object.</summary>
    public string Arguments { get; }

    /// <summary>Where the worker before stopped, or null at the start.</summary>
    public byte[]? Checkpoint { get; }

    /// <summary>Takes work that is queued, or running with a lease that ended; null when it is neither.</summary>
    public static async Task<WorkClaim?> TakeAsync(
        IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock, Guid workId, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var rows = await context.Work.FromSql(
            $"""
            UPDATE work SET state = {(short)WorkState.Running}, fence = fence + 1, worker = {worker}, lease_until = {now + lease}, started_at = coalesce(started_at, {now})
            WHERE work_id = {workId} AND (state = {(short)WorkState.Queued} OR (state = {(short)WorkState.Running} AND lease_until < {now}))
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : new WorkClaim(contexts, clock, rows[0]);
    }

    /// <summary>Says that the worker lives and how far it is.</summary>
    public async Task<Heartbeat> BeatAsync(double progress, string? message, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var until = _clock.GetUtcNow() + lease;
        var held = await Mine(context).ExecuteUpdateAsync(
            set => set.SetProperty(work => work.Progress, progress).SetProperty(work => work.Message, message).SetProperty(work => work.LeaseUntil, until),
            cancellationToken).ConfigureAwait(false) > 0;
        if (!held)
        {
            return Heartbeat.Lost;
        }

        return await Mine(context).AnyAsync(work => work.CancelRequestedAt != null, cancellationToken).ConfigureAwait(false) ? Heartbeat.CancelRequested : Heartbeat.Held;
    }

    /// <summary>Keeps where another worker could go on. False when the claim is lost.</summary>
    public async Task<bool> SaveCheckpointAsync(byte[] checkpoint, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await Mine(context).ExecuteUpdateAsync(set => set.SetProperty(work => work.Checkpoint, checkpoint), cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Writes a line to the log of the work. A worker that lost it may do so too: to say why it stopped.</summary>
    public async Task LogAsync(string text, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        // Of two workers that write at once one finds the line taken, and takes the next.
        while (await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO work_log (work_id, line, at, text)
            SELECT {WorkId}, coalesce(max(line), 0) + 1, {_clock.GetUtcNow()}, {text} FROM work_log WHERE work_id = {WorkId}
            ON CONFLICT DO NOTHING
            """,
            cancellationToken).ConfigureAwait(false) == 0)
        {
        }
    }

    /// <summary>Ends the work. False when the claim is lost: then nothing was written.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="result">JSON answer of work that succeeded.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> EndAsync(WorkState state, string? result, string? error, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = _clock.GetUtcNow();
        var checkpoint = state == WorkState.Succeeded ? null : await Mine(context).Select(work => work.Checkpoint).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return await Mine(context).ExecuteUpdateAsync(
            set => set.SetProperty(work => work.State, state).SetProperty(work => work.Result, result).SetProperty(work => work.Error, error)
                .SetProperty(work => work.FinishedAt, now).SetProperty(work => work.Checkpoint, checkpoint).SetProperty(work => work.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(work => work.Progress, work => state == WorkState.Succeeded ? 1 : work.Progress),
            cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Gives the work back to the queue, for a worker that has to stop.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await Mine(context).ExecuteUpdateAsync(
            set => set.SetProperty(work => work.State, WorkState.Queued).SetProperty(work => work.LeaseUntil, (DateTimeOffset?)null), cancellationToken).ConfigureAwait(false);
    }

    private IQueryable<WorkRow> Mine(HeadroomDbContext context) =>
        context.Work.Where(work => work.WorkId == WorkId && work.Fence == _fence && work.State == WorkState.Running);
}
