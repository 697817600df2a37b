using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>Makes partitions ahead of time. Safe to run twice and by two programs at once.</summary>
public sealed class PartitionMaintenance(NpgsqlDataSource dataSource, TimeProvider clock, IOptions<StorageOptions> options)
{
    /// <summary>Makes the partitions from the current one to <see cref="StorageOptions.PartitionLead"/> ahead that are missing, and returns how many.</summary>
    public async Task<int> EnsureAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var made = 0;
        foreach (var table in PartitionedTable.All)
        {
            var existing = (await PartitionCatalogue.ListAsync(dataSource, table, cancellationToken).ConfigureAwait(false)).ToHashSet();
            for (var start = table.StartOf(now); start <= now + options.Value.PartitionLead; start += table.Length)
            {
                if (!existing.Contains(start) && await MakeAsync(table, start, cancellationToken).ConfigureAwait(false))
                {
                    made++;
                }
            }
        }

        return made;
    }

    // Made apart and attached: that blocks neither readers nor writers of the other partitions. Rows that came before their
    // partition was there wait in the default partition and move over in the same transaction.
    private async Task<bool> MakeAsync(PartitionedTable table, DateTime start, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await MaintenanceLock.TakePartitionsAsync(connection, cancellationToken).ConfigureAwait(false);
        var name = table.PartitionName(start);
        if (await PartitionCatalogue.ExistsAsync(connection, name, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var (from, to) = (Literal(start), Literal(start + table.Length));
        await using var command = new NpgsqlCommand(
            $"""
            LOCK TABLE {table.DefaultPartition} IN ACCESS EXCLUSIVE MODE;
            CREATE TABLE {name} (LIKE {table.Name} INCLUDING ALL);
            WITH early AS (DELETE FROM {table.DefaultPartition} WHERE {table.TimeColumn} >= {from} AND {table.TimeColumn} < {to} RETURNING *)
            INSERT INTO {name} SELECT * FROM early;
            ALTER TABLE {table.Name} ATTACH PARTITION {name} FOR VALUES FROM ({from}) TO ({to});
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal static string Literal(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"'{at:yyyy-MM-dd HH:mm:ss}+00'::timestamptz");
}
