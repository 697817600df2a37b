using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>Advisory locks that keep two runs of the same maintenance apart; every area of the platform's locks stands here, so that none is taken twice.</summary>
internal static class MaintenanceLock
{
    private const int Partitions = 0x48_44_52_01;
    private const int Host = 0x48_44_52_02;

    /// <summary>Area of the lock under which rules are held against signals.</summary>
    public const int Alerts = 0x48_44_52_03;

    /// <summary>Waits until no other run changes partitions; ends with the transaction.</summary>
    public static Task TakePartitionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "pg_advisory_xact_lock", Partitions, 0, cancellationToken);

    /// <summary>Waits until no other run rolls up or compacts this host; ends with the transaction.</summary>
    public static Task TakeHostAsync(NpgsqlConnection connection, int hostId, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "pg_advisory_xact_lock", Host, hostId, cancellationToken);

    /// <summary>The same lock, held until it is released or the connection ends.</summary>
    public static Task TakeHostSessionAsync(NpgsqlConnection connection, int hostId, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "pg_advisory_lock", Host, hostId, cancellationToken);

    /// <summary>Gives the lock back, whatever became of the work; a broken connection has given it back already.</summary>
    public static async Task ReleaseHostSessionAsync(NpgsqlConnection connection, int hostId)
    {
        if (connection.FullState == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync(connection, "pg_advisory_unlock", Host, hostId, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string function, int area, int number, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}($1, $2)", connection) { Parameters = { new() { Value = area }, new() { Value = number } } };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
