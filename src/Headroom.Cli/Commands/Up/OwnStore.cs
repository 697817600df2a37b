using Headroom.Storage.Provisioning;

namespace Headroom.Cli.Commands.Up;

/// <summary>
/// The store that <c>up</c> keeps, for commands that read it: a database that is named, the one of a running <c>up</c>, or the private one, started for as
/// long as this is held.
/// </summary>
internal sealed class OwnStore : IAsyncDisposable
{
    private readonly LocalPostgres? _started;
    private readonly InstanceLock? _lock;

    private OwnStore(string connectionString, LocalPostgres? started, InstanceLock? taken) => (ConnectionString, _started, _lock) = (connectionString, started, taken);

    public string ConnectionString { get; }

    /// <param name="connection">Connection string that was asked for; null for <c>ConnectionStrings__Headroom</c>, else the private database of this checkout.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="UpException">There is no private database yet.</exception>
    /// <exception cref="LocalPostgresException">It does not start.</exception>
    public static async Task<OwnStore> OpenAsync(string? connection, CancellationToken cancellationToken)
    {
        if ((connection ?? Environment.GetEnvironmentVariable("ConnectionStrings__Headroom")) is { Length: > 0 } named)
        {
            return new OwnStore(named, null, null);
        }

        var folder = ProgramPaths.Find().DefaultDataFolder;
        var database = Path.Combine(folder, "postgres");
        if (!Directory.Exists(database))
        {
            throw new UpException($"expected the database of './headroom up' in {database}, there is none; run 'up' first, or name a database with --connection");
        }

        // A running 'up' holds the lock: its server is used, and goes on when we are done.
        var taken = TryTake(folder);
        var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Directory = database }, cancellationToken: cancellationToken);
        return new OwnStore(server.ConnectionString, taken is null ? null : server, taken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            await _started.DisposeAsync();
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    private static InstanceLock? TryTake(string folder)
    {
        try
        {
            return InstanceLock.Take(folder);
        }
        catch (UpException)
        {
            return null;
        }
    }
}
