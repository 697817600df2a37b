using Npgsql;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>Holds the store to what was sent: rows of every second, and those that a compaction has taken in meanwhile.</summary>
internal static class StoredRows
{
    private const string Count =
        """
        SELECT (SELECT count(*) FROM samples JOIN hosts USING (host_id) WHERE hosts.name LIKE $1)
             + (SELECT coalesce(sum(row_count), 0)::bigint FROM compacted_hours JOIN hosts USING (host_id) WHERE hosts.name LIKE $1)
        """;

    /// <param name="database">The store.</param>
    /// <param name="hosts">Pattern of the names of the hosts that sent, as LIKE has it.</param>
    /// <param name="expected">Rows that were sent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">The store holds more or less.</exception>
    public static async Task EnsureAsync(NpgsqlDataSource database, string hosts, long expected, CancellationToken cancellationToken)
    {
        await using var count = database.CreateCommand(Count);
        count.Parameters.Add(new() { Value = hosts });
        var stored = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        if (stored != expected)
        {
            throw new InvalidOperationException($"expected {expected} rows of {hosts} in the store after the bench, found {stored}");
        }
    }
}
