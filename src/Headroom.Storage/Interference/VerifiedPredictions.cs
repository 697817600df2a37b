using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Interference;

/// <summary>How a model did beside all late labels it was held against.</summary>
/// <param name="ModelId">Id that its answers carry.</param>
/// <param name="Labels">How many.</param>
/// <param name="Mae">Mean absolute error, in shares of the performance alone.</param>
/// <param name="Coverage">Share of the truths in their intervals.</param>
/// <param name="Level">Level of the intervals.</param>
/// <param name="VerifiedAt">When the last of them was verified.</param>
/// <param name="WorkId">The job that did.</param>
public sealed record VerifiedModel(string ModelId, int Labels, double Mae, double Coverage, double Level, DateTimeOffset VerifiedAt, Guid WorkId);

/// <summary>Predictions that were held against late labels by a job, once each.</summary>
public sealed class VerifiedPredictions(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Whether some label waits: its time is over, it has predictions, and nobody held the one against the other.</summary>
    public async Task<bool> IsDueAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await Waiting(context, endedBefore).AnyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Holds every label that waits against its predictions; each is verified once, whoever asks how often, and again when the label has moved. Returns the new ones, oldest first.
    /// </summary>
    /// <param name="workId">The job.</param>
    /// <param name="endedBefore">Only labels whose time ended before this: later windows may not be predicted yet.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<VerifiedPredictionRow>> VerifyAsync(Guid workId, DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.VerifiedPredictions.FromSql(
            $"""
            INSERT INTO verified_predictions (host_id, run_id, entity_id, workload, ended_at, truth, value, lower, upper, level, windows, outside_windows, model_id, verified_at, work_id)
            SELECT r.host_id, r.run_id, r.entity_id, r.application, r.ended_at, r.outcome_value, p.value, p.lower, p.upper, p.level, p.windows, p.outside, p.model_id, {clock.GetUtcNow()}, {workId}
            FROM runs AS r CROSS JOIN LATERAL (
                SELECT avg(value) AS value, avg(lower) AS lower, avg(upper) AS upper, max(level) AS level, count(*)::integer AS windows,
                    (count(*) FILTER (WHERE cardinality(outside_training) > 0))::integer AS outside, (array_agg(model_id ORDER BY at DESC))[1] AS model_id
                FROM interference_predictions
                WHERE host_id = r.host_id AND entity_id = r.entity_id AND at >= r.started_at AND at <= r.ended_at + interval '1 hour'
                    AND at - make_interval(secs => window_seconds / 2.0) BETWEEN r.started_at AND r.ended_at) AS p
            WHERE r.outcome_name = {InterferenceLabels.Outcome} AND r.ended_at < {endedBefore} AND p.windows > 0
                AND NOT EXISTS (SELECT FROM verified_predictions AS v WHERE v.host_id = r.host_id AND v.run_id = r.run_id AND v.truth = r.outcome_value)
            ON CONFLICT (host_id, run_id) DO UPDATE SET truth = excluded.truth, verified_at = excluded.verified_at, work_id = excluded.work_id
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.OrderBy(row => row.EndedAt).ThenBy(row => row.RunId)];
    }

    /// <summary>Everything that was verified of one model since a time, oldest first.</summary>
    public async Task<IReadOnlyList<VerifiedPredictionRow>> OfModelAsync(string modelId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.VerifiedPredictions.AsNoTracking().Where(verified => verified.ModelId == modelId && verified.EndedAt >= since)
            .OrderBy(verified => verified.EndedAt).ThenBy(verified => verified.RunId).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How every model did, the one that was verified last first.</summary>
    public async Task<IReadOnlyList<VerifiedModel>> ModelsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var models = await context.VerifiedPredictions.GroupBy(verified => verified.ModelId)
            .Select(group => new
            {
                ModelId = group.Key,
                Labels = group.Count(),
                Mae = group.Average(verified => Math.Abs(verified.Truth - verified.Value)),
                Coverage = group.Average(verified => verified.Truth >= verified.Lower && verified.Truth <= verified.Upper ? 1.0 : 0.0),
                Level = group.Max(verified => verified.Level),
                VerifiedAt = group.Max(verified => verified.VerifiedAt),
                WorkId = group.OrderByDescending(verified => verified.VerifiedAt).Select(verified => verified.WorkId).First(),
            })
            .OrderByDescending(model => model.VerifiedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. models.Select(model => new VerifiedModel(model.ModelId, model.Labels, model.Mae, model.Coverage, model.Level, model.VerifiedAt, model.WorkId))];
    }

    private static IQueryable<RunRow> Waiting(HeadroomDbContext context, DateTimeOffset endedBefore) => context.Runs.Where(run =>
        run.OutcomeName == InterferenceLabels.Outcome && run.EndedAt < endedBefore
        && !context.VerifiedPredictions.Any(verified => verified.HostId == run.HostId && verified.RunId == run.RunId && verified.Truth == run.OutcomeValue)
        && context.InterferencePredictions.Any(prediction => prediction.HostId == run.HostId && prediction.EntityId == run.EntityId
            && prediction.At >= run.StartedAt && prediction.At <= run.EndedAt.AddHours(1)
            && prediction.At.AddSeconds(-prediction.WindowSeconds / 2.0) >= run.StartedAt && prediction.At.AddSeconds(-prediction.WindowSeconds / 2.0) <= run.EndedAt));
}
