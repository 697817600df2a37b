using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Interference;

/// <summary>Predictions of what neighbours cost workloads, window by window.</summary>
public sealed class InterferencePredictions(NpgsqlDataSource dataSource, IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>Writes predictions down; one that is there already stays as it is, so that two programs may predict the same window.</summary>
    public async Task AddAsync(IReadOnlyList<InterferencePredictionRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var batch = dataSource.CreateBatch();
        foreach (var row in rows)
        {
            batch.BatchCommands.Add(Insert(row));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest prediction of every workload that has one since a time, by host and entity.</summary>
    public async Task<IReadOnlyList<InterferencePredictionRow>> LatestAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var recent = context.InterferencePredictions.AsNoTracking().Where(prediction => prediction.At >= since);
        return await recent
            .Where(prediction => prediction.At == recent.Where(other => other.HostId == prediction.HostId && other.EntityId == prediction.EntityId).Max(other => other.At))
            .OrderBy(prediction => prediction.HostId).ThenBy(prediction => prediction.EntityId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The predictions of one workload with their window's end in [from, to), oldest first; the newest <paramref name="take"/> of them.</summary>
    public async Task<IReadOnlyList<InterferencePredictionRow>> OfWorkloadAsync(int hostId, int entityId, DateTimeOffset from, DateTimeOffset to, int take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.InterferencePredictions.AsNoTracking()
            .Where(prediction => prediction.HostId == hostId && prediction.EntityId == entityId && prediction.At >= from && prediction.At < to)
            .OrderByDescending(prediction => prediction.At).Take(take)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        rows.Reverse();
        return rows;
    }

    /// <summary>Mean prediction per workload of a host since a time; windows outside the training range do not count.</summary>
    public async Task<IReadOnlyList<WorkloadOutlook>> OutlookAsync(int hostId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.InterferencePredictions
            .Where(prediction => prediction.HostId == hostId && prediction.At >= since && prediction.OutsideTraining.Length == 0)
            .GroupBy(prediction => prediction.EntityId)
            .Select(group => new
            {
                EntityId = group.Key,
                Value = group.Average(prediction => prediction.Value),
                Lower = group.Average(prediction => prediction.Lower),
                Upper = group.Average(prediction => prediction.Upper),
                Level = group.Max(prediction => prediction.Level),
                ModelId = group.Max(prediction => prediction.ModelId),
                At = group.Max(prediction => prediction.At),
            })
            .Join(context.Entities.Where(entity => entity.HostId == hostId), mean => mean.EntityId, entity => entity.EntityId, (mean, entity) => new { mean, entity })
            .Select(both => new WorkloadOutlook(
                both.entity.Key, both.entity.Name, both.mean.Value, both.mean.Lower, both.mean.Upper, both.mean.Level, both.mean.ModelId!, both.mean.At))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a model answered any window since a time.</summary>
    public async Task<bool> IsAnsweringAsync(string modelId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.InterferencePredictions.AnyAsync(prediction => prediction.At >= since && prediction.ModelId == modelId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Windows that a model answered with their end in (after, to], at most so many, drawn evenly; the same ones whenever it is asked.</summary>
    public async Task<IReadOnlyList<AnsweredWindow>> SampleAsync(string modelId, DateTimeOffset after, DateTimeOffset to, int take, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT host_id, entity_id, at, window_seconds FROM interference_predictions
            WHERE at > $2 AND at <= $3 AND model_id = $1
            ORDER BY hashtextextended(concat_ws(' ', host_id, entity_id, extract(epoch FROM at)), 0) LIMIT $4
            """);
        command.Parameters.Add(new() { Value = modelId });
        command.Parameters.Add(new() { Value = after.UtcDateTime });
        command.Parameters.Add(new() { Value = to.UtcDateTime });
        command.Parameters.Add(new() { Value = take });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var windows = new List<AnsweredWindow>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            windows.Add(new AnsweredWindow(reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt32(3)));
        }

        return windows;
    }

    /// <summary>Forgets predictions of windows that ended before a time; returns how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.InterferencePredictions.Where(prediction => prediction.At < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlBatchCommand Insert(InterferencePredictionRow row) => new(
        """
        INSERT INTO interference_predictions (host_id, entity_id, at, window_seconds, value, lower, upper, level, model_id, model_version, outside_training, reasons, neighbours)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
        """)
    {
        Parameters =
        {
            new() { Value = row.HostId },
            new() { Value = row.EntityId },
            new() { Value = row.At.UtcDateTime },
            new() { Value = row.WindowSeconds },
            new() { Value = row.Value },
            new() { Value = row.Lower },
            new() { Value = row.Upper },
            new() { Value = row.Level },
            new() { Value = row.ModelId },
            new() { Value = row.ModelVersion },
            new() { Value = row.OutsideTraining },
            new() { Value = row.Reasons, NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = row.Neighbours, NpgsqlDbType = NpgsqlDbType.Jsonb },
        },
    };
}

/// <summary>A window that a model answered.</summary>
/// <param name="At">Its end.</param>
/// <param name="Seconds">Its length.</param>
public sealed record AnsweredWindow(int HostId, int EntityId, DateTimeOffset At, int Seconds);

/// <summary>How a workload is predicted to do lately.</summary>
/// <param name="Key">Key of its entity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Mean predicted performance, 1 undisturbed.</param>
/// <param name="Lower">Mean lower end of the intervals.</param>
/// <param name="Upper">Mean upper end.</param>
/// <param name="Level">Level of the intervals.</param>
/// <param name="ModelId">Model that predicted.</param>
/// <param name="At">End of the newest window.</param>
public sealed record WorkloadOutlook(string Key, string Name, double Value, double Lower, double Upper, double Level, string ModelId, DateTimeOffset At);
