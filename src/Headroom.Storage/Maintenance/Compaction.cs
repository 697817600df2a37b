using System.Data;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>
/// Replaces the rows of hours that are over by compressed blocks, one per metric, and by the final roll-ups of the hour. A host's
/// hour is one transaction: readers see the rows or the blocks, never both or neither. Late frames of a compacted hour are stored
/// as rows again and taken in by the next run.
/// </summary>
public sealed class Compaction(NpgsqlDataSource dataSource, TimeProvider clock, IOptions<StorageOptions> options)
{
    /// <summary>Compacts every host's hour that is over and returns how many there were; drops the partitions left empty.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var closed = PartitionedTable.Samples.StartOf(clock.GetUtcNow() - options.Value.CompactionDelay);
        var done = 0;
        foreach (var (hostId, hour) in await ListAsync(closed, cancellationToken).ConfigureAwait(false))
        {
            done += await CompactAsync(hostId, hour, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        foreach (var table in new[] { PartitionedTable.Samples, PartitionedTable.RollUps })
        {
            foreach (var start in await PartitionCatalogue.ListAsync(dataSource, table, cancellationToken).ConfigureAwait(false))
            {
                if (start + table.Length <= closed)
                {
                    await Retention.TryDropAsync(dataSource, table, start, onlyIfEmpty: true, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return done;
    }

    /// <summary>Compacts one host's hour; false when there is nothing to do or a writer came between (the next run does it).</summary>
    public async Task<bool> CompactAsync(int hostId, DateTime hour, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await MaintenanceLock.TakeHostSessionAsync(connection, hostId, cancellationToken).ConfigureAwait(false);
            // The lock comes before the snapshot: what another run committed while we waited must be seen. A frame that is committed
            // after the snapshot is neither read nor deleted.
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            var compacted = await ReplaceRowsAsync(connection, hostId, hour, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return compacted;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
        finally
        {
            await MaintenanceLock.ReleaseHostSessionAsync(connection, hostId).ConfigureAwait(false);
        }
    }

    private static async Task<bool> ReplaceRowsAsync(NpgsqlConnection connection, int hostId, DateTime hour, CancellationToken cancellationToken)
    {
        var end = hour.AddHours(1);
        var kinds = await EntityKinds.ReadAsync(connection, hostId, cancellationToken).ConfigureAwait(false);
        var hourRows = new List<RollUpRow>();
        long rows = 0, samples = 0;
        foreach (var entityId in await ListEntitiesAsync(connection, hostId, hour, end, cancellationToken).ConfigureAwait(false))
        {
            var entity = new EntityHour(entityId);
            await BlockTable.ReadIntoAsync(connection, entity, hostId, hour, cancellationToken).ConfigureAwait(false);
            await foreach (var row in SampleScan.ReadAsync(connection, hostId, entityId, hour, end, cancellationToken).ConfigureAwait(false))
            {
                entity.Add(row);
            }

            samples += await BlockTable.ReplaceAsync(connection, entity, kinds[entityId], hostId, hour, cancellationToken).ConfigureAwait(false);
            rows += entity.RowCount;
            hourRows.Add(EntityHourRollUps.Hour(entity, kinds[entityId], hour));
        }

        if (hourRows.Count == 0)
        {
            return false;
        }

        await RollUpCopy.WriteAsync(connection, hostId, hourRows, hours: true, cancellationToken).ConfigureAwait(false);
        await ForgetRowsAsync(connection, hostId, hour, end, rows, samples, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task ForgetRowsAsync(NpgsqlConnection connection, int hostId, DateTime hour, DateTime end, long rows, long samples, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in new[]
        {
            "DELETE FROM samples WHERE host_id = $1 AND at >= $2 AND at < $3",
            "DELETE FROM rollups WHERE host_id = $1 AND at >= $2 AND at < $3",
            "DELETE FROM pending_minutes WHERE host_id = $1 AND minute >= $2 AND minute < $3",
        })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = hostId }, new() { Value = hour }, new() { Value = end } } });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            INSERT INTO compacted_hours (host_id, hour, compacted_at, row_count, sample_count) VALUES ($1, $2, now(), $3, $4)
            ON CONFLICT (host_id, hour) DO UPDATE SET compacted_at = excluded.compacted_at,
                row_count = greatest(compacted_hours.row_count, excluded.row_count), sample_count = greatest(compacted_hours.sample_count, excluded.sample_count)
            """)
        {
            Parameters = { new() { Value = hostId }, new() { Value = hour }, new() { Value = rows }, new() { Value = samples } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<int>> ListEntitiesAsync(NpgsqlConnection connection, int hostId, DateTime hour, DateTime end, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT entity_id FROM entities AS e WHERE host_id = $1
            AND EXISTS (SELECT FROM samples AS s WHERE s.host_id = $1 AND s.entity_id = e.entity_id AND s.at >= $2 AND s.at < $3) ORDER BY 1
            """,
            connection)
        {
            Parameters = { new() { Value = hostId }, new() { Value = hour }, new() { Value = end } },
        };
        var entities = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            entities.Add(reader.GetInt32(0));
        }

        return entities;
    }

    /// <summary>Every host's hour before <paramref name="closed"/> that has rows: those of the hour partitions, and the late ones.</summary>
    private async Task<List<(int HostId, DateTime Hour)>> ListAsync(DateTime closed, CancellationToken cancellationToken)
    {
        var hours = new List<(int, DateTime)>();
        foreach (var start in (await PartitionCatalogue.ListAsync(dataSource, PartitionedTable.Samples, cancellationToken).ConfigureAwait(false)).Where(start => start < closed))
        {
            var sql = $"SELECT host_id FROM hosts AS h WHERE EXISTS (SELECT FROM {PartitionedTable.Samples.PartitionName(start)} AS s WHERE s.host_id = h.host_id) ORDER BY 1";
            await using var command = dataSource.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                hours.Add((reader.GetInt32(0), start));
            }
        }

        await using var late = dataSource.CreateCommand($"SELECT DISTINCT host_id, date_trunc('hour', at, 'UTC') FROM {PartitionedTable.Samples.DefaultPartition} WHERE at < $1 ORDER BY 2, 1");
        late.Parameters.Add(new() { Value = closed });
        await using var lateReader = await late.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await lateReader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            hours.Add((lateReader.GetInt32(0), lateReader.GetDateTime(1)));
        }

        return hours.Distinct().ToList();
    }
}
