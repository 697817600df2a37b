using Headroom.Storage.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Maintenance;

/// <summary>Reads and writes the blocks of an entity's hour.</summary>
internal static class BlockTable
{
    /// <summary>Adds the rows that the blocks of this hour hold.</summary>
    public static async Task ReadIntoAsync(NpgsqlConnection connection, EntityHour entity, int hostId, DateTime hour, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT metric, catalogue_version, payload FROM sample_blocks WHERE host_id = $1 AND entity_id = $2 AND hour = $3", connection)
        {
            Parameters = { new() { Value = hostId }, new() { Value = entity.EntityId }, new() { Value = hour } },
        };
        long[]? times = null;
        short version = 0;
        var columns = new Dictionary<short, MetricColumn>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var payload = reader.GetFieldValue<byte[]>(2);
                version = Math.Max(version, reader.GetInt16(1));
                if (reader.GetInt16(0) == EntityHour.TimesMetric)
                {
                    times = TimeBlock.Read(payload);
                }
                else
                {
                    columns[reader.GetInt16(0)] = MetricBlock.Read(payload);
                }
            }
        }

        foreach (var row in EntityHour.FromBlocks(entity.EntityId, version, hour, times ?? [], columns))
        {
            entity.Add(row);
        }
    }

    /// <summary>Replaces the blocks of an entity's hour, of the values and of the roll-ups, and returns how many values they hold.</summary>
    public static async Task<long> ReplaceAsync(NpgsqlConnection connection, EntityHour entity, Telemetry.Catalogue.EntityKind kind, int hostId, DateTime hour, CancellationToken cancellationToken)
    {
        await DeleteAsync(connection, hostId, entity.EntityId, hour, cancellationToken).ConfigureAwait(false);
        long samples = 0;
        await using (var copy = await connection.BeginBinaryImportAsync("COPY sample_blocks (host_id, entity_id, metric, hour, catalogue_version, payload) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false))
        {
            foreach (var (metric, payload, count) in entity.Blocks(hour))
            {
                await WriteAsync(copy, hostId, entity, metric, null, hour, payload, cancellationToken).ConfigureAwait(false);
                samples += count;
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await using (var copy = await connection.BeginBinaryImportAsync("COPY rollup_blocks (host_id, entity_id, metric, resolution_seconds, hour, catalogue_version, payload) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false))
        {
            foreach (var resolution in EntityHourRollUps.InBlocks)
            {
                foreach (var (metric, payload) in EntityHourRollUps.Blocks(entity, kind, hour, resolution))
                {
                    await WriteAsync(copy, hostId, entity, metric, (short)resolution.Seconds, hour, payload, cancellationToken).ConfigureAwait(false);
                }
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return samples;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, int hostId, EntityHour entity, short metric, short? resolution, DateTime hour, byte[] payload, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(hostId, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entity.EntityId, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(metric, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
        if (resolution is { } seconds)
        {
            await copy.WriteAsync(seconds, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
        }

        await copy.WriteAsync(hour, NpgsqlDbType.TimestampTz, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(entity.CatalogueVersion, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(payload, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, int hostId, int entityId, DateTime hour, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var table in new[] { "sample_blocks", "rollup_blocks" })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"DELETE FROM {table} WHERE host_id = $1 AND entity_id = $2 AND hour = $3")
            {
                Parameters = { new() { Value = hostId }, new() { Value = entityId }, new() { Value = hour } },
            });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM rollup_hours WHERE host_id = $1 AND entity_id = $2 AND at = $3")
        {
            Parameters = { new() { Value = hostId }, new() { Value = entityId }, new() { Value = hour } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
