using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>
/// Drops what is older than it is kept: of telemetry whole partitions, so that nothing has to be deleted row by row. Values of an hour that is
/// not compacted yet stay until it is: their roll-ups would be missing otherwise.
/// </summary>
public sealed class Retention(NpgsqlDataSource dataSource, TimeProvider clock, IOptions<StorageOptions> options)
{
    // Dropping waits for readers of the partition; whoever comes meanwhile waits behind. Better to give up and come again.
    private const string LockTimeout = "SET LOCAL lock_timeout = '3s'";

    /// <summary>Drops every partition past its time and returns their names.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var dropped = new List<string>();
        foreach (var table in PartitionedTable.All)
        {
            var limit = now - table.Retention(options.Value);
            foreach (var start in await PartitionCatalogue.ListAsync(dataSource, table, cancellationToken).ConfigureAwait(false))
            {
                var keepUnlessEmpty = table == PartitionedTable.Samples;
                if (start + table.Length <= limit && await TryDropAsync(dataSource, table, start, keepUnlessEmpty, cancellationToken).ConfigureAwait(false))
                {
                    dropped.Add(table.PartitionName(start));
                }
            }

            if (table != PartitionedTable.Samples)
            {
                await DeleteAsync($"DELETE FROM {table.DefaultPartition} WHERE {table.TimeColumn} < $1", limit, cancellationToken).ConfigureAwait(false);
            }
        }

        await DeleteAsync("DELETE FROM gaps WHERE to_at < $1", now - options.Value.HourRetention, cancellationToken).ConfigureAwait(false);
        await DeleteAsync("DELETE FROM audit WHERE at < $1", now - options.Value.AuditRetention, cancellationToken).ConfigureAwait(false);
        await DeleteAsync("DELETE FROM compacted_hours WHERE hour < $1", now - options.Value.RollUpRetention, cancellationToken).ConfigureAwait(false);
        return dropped;
    }

    /// <summary>Drops one partition; false when it still has rows that must stay, is gone, or is in use for longer than we wait.</summary>
    internal static async Task<bool> TryDropAsync(NpgsqlDataSource dataSource, PartitionedTable table, DateTime start, bool onlyIfEmpty, CancellationToken cancellationToken)
    {
        var name = table.PartitionName(start);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await MaintenanceLock.TakePartitionsAsync(connection, cancellationToken).ConfigureAwait(false);
            if (!await PartitionCatalogue.ExistsAsync(connection, name, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            await using var take = new NpgsqlCommand($"{LockTimeout}; LOCK TABLE {table.Name}, {name} IN ACCESS EXCLUSIVE MODE", connection);
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            if (onlyIfEmpty)
            {
                await using var any = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {name})", connection);
                if (await any.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
                {
                    return false;
                }
            }

            await using var drop = new NpgsqlCommand($"DROP TABLE {name}", connection);
            await drop.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
    }

    private async Task DeleteAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = before.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
