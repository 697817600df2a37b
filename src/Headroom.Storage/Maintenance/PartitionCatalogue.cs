using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>Which partitions there are.</summary>
internal static class PartitionCatalogue
{
    /// <summary>Starts of the partitions of a table, oldest first, without the default one.</summary>
    public static async Task<IReadOnlyList<DateTime>> ListAsync(NpgsqlDataSource dataSource, PartitionedTable table, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass ORDER BY 1");
        command.Parameters.Add(new() { Value = table.Name, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var starts = new List<DateTime>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (table.StartOf(reader.GetString(0)) is { } start)
            {
                starts.Add(start);
            }
        }

        return starts;
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string relation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = relation } } };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
