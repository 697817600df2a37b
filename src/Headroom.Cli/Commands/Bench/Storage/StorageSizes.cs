using Npgsql;

namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary>What the telemetry tables take on disk, in bytes, indexes and TOAST included.</summary>
internal static class StorageSizes
{
    /// <summary>Bytes by table, partitions added up.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var vacuum = database.CreateCommand("VACUUM");
        vacuum.CommandTimeout = 600;
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
        await using var sizes = database.CreateCommand(
            """
            SELECT parent.relname, sum(pg_total_relation_size(tree.relid))::bigint
            FROM pg_class parent, pg_partition_tree(parent.oid) tree
            WHERE parent.relkind = 'p' AND NOT parent.relispartition AND parent.relnamespace = 'public'::regnamespace GROUP BY 1
            """);
        var bytes = new Dictionary<string, long>();
        await using var reader = await sizes.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            bytes[reader.GetString(0)] = reader.GetInt64(1);
        }

        return bytes;
    }
}
