using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Maintenance;

/// <summary>Stores roll-ups by COPY.</summary>
internal static class RollUpCopy
{
    public static async Task WriteAsync(NpgsqlConnection connection, int hostId, IReadOnlyCollection<RollUpRow> rows, bool hours, CancellationToken cancellationToken)
    {
        var target = hours
            ? "rollup_hours (host_id, entity_id, at, catalogue_version, minimum, maximum, mean, count)"
            : "rollups (host_id, entity_id, resolution_seconds, at, catalogue_version, minimum, maximum, mean, count)";
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            var length = row.Length;
            await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(hostId, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(row.EntityId, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            if (!hours)
            {
                await copy.WriteAsync((short)row.Seconds, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
            }

            await copy.WriteAsync(row.At, NpgsqlDbType.TimestampTz, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(row.CatalogueVersion, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(Numbers(row, length, i => row.Min[i]), NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(Numbers(row, length, i => row.Max[i]), NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(Numbers(row, length, row.Mean), NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken).ConfigureAwait(false);
            await copy.WriteAsync(row.Count[..length], NpgsqlDbType.Array | NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static float?[] Numbers(RollUpRow row, int length, Func<int, float> value)
    {
        var numbers = new float?[length];
        for (var i = 0; i < length; i++)
        {
            numbers[i] = row.Count[i] == 0 ? null : value(i);
        }

        return numbers;
    }
}
