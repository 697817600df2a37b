using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Headroom.Storage.Interference;

/// <summary>What a workload really did over a time, beside what was predicted for it.</summary>
/// <param name="EndedAt">End of the labelled time.</param>
/// <param name="HostId">Host of the workload.</param>
/// <param name="EntityId">Entity of the workload.</param>
/// <param name="Workload">Its name.</param>
/// <param name="Truth">Measured performance, 1 undisturbed.</param>
/// <param name="Value">Mean prediction over the windows whose middle lies in that time.</param>
/// <param name="Lower">Mean lower end.</param>
/// <param name="Upper">Mean upper end.</param>
/// <param name="Level">Level of the intervals.</param>
/// <param name="Windows">How many windows there were.</param>
/// <param name="OutsideWindows">How many of them lay outside the training range.</param>
/// <param name="ModelId">Which model predicted; the last one where it changed.</param>
public sealed record JudgedLabel(
    DateTimeOffset EndedAt, int HostId, int EntityId, string Workload, double Truth, double Value, double Lower, double Upper, double Level, int Windows, int OutsideWindows, string ModelId);

/// <summary>Late labels: measured performance of workloads, kept among the runs under the outcome <see cref="Outcome"/>.</summary>
public sealed class InterferenceLabels(NpgsqlDataSource dataSource, IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Name of the outcome: performance as a share of the performance alone.</summary>
    public const string Outcome = "performance";

    /// <summary>Writes labels down.</summary>
    public async Task AddAsync(IReadOnlyList<RunRow> labels, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.Runs.AddRange(labels);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest labels for whose time there are predictions, oldest first.</summary>
    public async Task<IReadOnlyList<JudgedLabel>> JudgedAsync(DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT r.ended_at, r.host_id, r.entity_id, r.application, r.outcome_value, p.value, p.lower, p.upper, p.level, p.windows, p.outside, p.model_id
            FROM runs AS r CROSS JOIN LATERAL (
                SELECT avg(value) AS value, avg(lower) AS lower, avg(upper) AS upper, max(level) AS level, count(*)::integer AS windows,
                    (count(*) FILTER (WHERE cardinality(outside_training) > 0))::integer AS outside, (array_agg(model_id ORDER BY at DESC))[1] AS model_id
                FROM interference_predictions
                WHERE host_id = r.host_id AND entity_id = r.entity_id AND at >= r.started_at AND at <= r.ended_at + interval '1 hour'
                    AND at - make_interval(secs => window_seconds / 2.0) BETWEEN r.started_at AND r.ended_at) AS p
            WHERE r.outcome_name = $1 AND r.started_at >= $2 AND p.windows > 0
            ORDER BY r.ended_at DESC LIMIT $3
            """);
        command.Parameters.Add(new() { Value = Outcome });
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        command.Parameters.Add(new() { Value = take });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var labels = new List<JudgedLabel>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            labels.Add(new JudgedLabel(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetString(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetDouble(6),
                reader.GetDouble(7), reader.GetDouble(8), reader.GetInt32(9), reader.GetInt32(10), reader.GetString(11)));
        }

        labels.Reverse();
        return labels;
    }

    /// <summary>How many labels there are since a time, whether predictions exist for them or not.</summary>
    public async Task<int> CountAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Runs.CountAsync(run => run.OutcomeName == Outcome && run.StartedAt >= since, cancellationToken).ConfigureAwait(false);
    }
}
