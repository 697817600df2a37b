using System.Data;
using Npgsql;

namespace Headroom.Storage.Requests;

/// <summary>Keeps two changes of the same thing apart, on however many servers: whoever compares before changing holds it for both.</summary>
public sealed class ChangeLock(NpgsqlDataSource dataSource)
{
    /// <summary>Waits until nobody else changes the thing of this name.</summary>
    /// <returns>What ends the lock when it is disposed of.</returns>
    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = KeyOf(name) } } };
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return new Held(connection, name);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string KeyOf(string name) => $"headroom change {name}";

    private sealed class Held(NpgsqlConnection connection, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // A broken connection has given it back already.
            if (connection.FullState == ConnectionState.Open)
            {
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = KeyOf(name) } } };
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
