using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Headroom.Storage.Interference;

/// <summary>A late label that champion and challenger both predicted, from the same windows.</summary>
/// <param name="Workload">Name of the workload.</param>
/// <param name="EntityId">Its entity.</param>
/// <param name="Truth">Measured performance, 1 undisturbed.</param>
/// <param name="Champion">Mean prediction of the champion.</param>
/// <param name="Challenger">Mean prediction of the challenger.</param>
/// <param name="Lower">Mean lower end of the challenger's intervals.</param>
/// <param name="Upper">Mean upper end.</param>
/// <param name="Windows">Windows that both answered.</param>
public sealed record ShadowLabel(string Workload, int EntityId, double Truth, double Champion, double Challenger, double Lower, double Upper, int Windows);

/// <summary>How much a challenger answered beside the champion.</summary>
/// <param name="Windows">Windows that both answered.</param>
/// <param name="MeanGap">Mean absolute difference of the two answers; null without windows.</param>
public sealed record ShadowTraffic(long Windows, double? MeanGap);

/// <summary>Answers of challengers to live windows, beside those of the champion.</summary>
public sealed class ShadowPredictions(NpgsqlDataSource dataSource, IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Writes answers down; one that is there already stays as it is.</summary>
    public async Task AddAsync(IReadOnlyList<ShadowPredictionRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var batch = dataSource.CreateBatch();
        foreach (var row in rows)
        {
            batch.BatchCommands.Add(new(
                """
                INSERT INTO shadow_predictions (version_id, host_id, entity_id, at, value, lower, upper) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
                """)
            {
                Parameters =
                {
                    new() { Value = row.VersionId },
                    new() { Value = row.HostId },
                    new() { Value = row.EntityId },
                    new() { Value = row.At.UtcDateTime },
                    new() { Value = row.Value },
                    new() { Value = row.Lower },
                    new() { Value = row.Upper },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How much a challenger has answered, and how far from the champion.</summary>
    /// <param name="versionId">The challenger.</param>
    /// <param name="championCard">Id that the champion's answers carry.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ShadowTraffic> TrafficAsync(int versionId, string championCard, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT count(*), avg(abs(s.value - c.value))
            FROM shadow_predictions AS s JOIN interference_predictions AS c USING (host_id, entity_id, at)
            WHERE s.version_id = $1 AND c.model_id = $2
            """);
        command.Parameters.Add(new() { Value = versionId });
        command.Parameters.Add(new() { Value = championCard });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ShadowTraffic(reader.GetInt64(0), await reader.IsDBNullAsync(1, cancellationToken).ConfigureAwait(false) ? null : reader.GetDouble(1));
    }

    /// <summary>The labels that both predicted, oldest first.</summary>
    /// <param name="versionId">The challenger.</param>
    /// <param name="championCard">Id that the champion's answers carry.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ShadowLabel>> LabelsAsync(int versionId, string championCard, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT r.application, r.entity_id, r.outcome_value, p.champion, p.challenger, p.lower, p.upper, p.windows
            FROM runs AS r CROSS JOIN LATERAL (
                SELECT avg(c.value) AS champion, avg(s.value) AS challenger, avg(s.lower) AS lower, avg(s.upper) AS upper, count(*)::integer AS windows
                FROM shadow_predictions AS s JOIN interference_predictions AS c USING (host_id, entity_id, at)
                WHERE s.version_id = $2 AND c.model_id = $3 AND s.host_id = r.host_id AND s.entity_id = r.entity_id
                    AND s.at >= r.started_at AND s.at <= r.ended_at + interval '1 hour' AND s.at - make_interval(secs => c.window_seconds / 2.0) BETWEEN r.started_at AND r.ended_at) AS p
            WHERE r.outcome_name = $1 AND p.windows > 0 AND r.ended_at >= (SELECT min(at) FROM shadow_predictions WHERE version_id = $2)
            ORDER BY r.ended_at, r.run_id
            """);
        command.Parameters.Add(new() { Value = InterferenceLabels.Outcome });
        command.Parameters.Add(new() { Value = versionId });
        command.Parameters.Add(new() { Value = championCard });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var labels = new List<ShadowLabel>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            labels.Add(new ShadowLabel(
                reader.GetString(0), reader.GetInt32(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetDouble(6), reader.GetInt32(7)));
        }

        return labels;
    }

    /// <summary>Forgets answers to windows that ended before a time; returns how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ShadowPredictions.Where(prediction => prediction.At < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
