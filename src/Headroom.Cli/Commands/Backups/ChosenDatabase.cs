using System.CommandLine;
using Headroom.Cli.Commands.Up;
using Headroom.Storage.Backups;
using Headroom.Storage.Provisioning;

namespace Headroom.Cli.Commands.Backups;

/// <summary>
/// The database that a person means: the one of a connection string, else the private one of <c>up</c>, which is used as it runs or started for as
/// long as the command takes.
/// </summary>
internal sealed class ChosenDatabase : IAsyncDisposable
{
    private readonly IAsyncDisposable? _server;

    private ChosenDatabase(string connectionString, IAsyncDisposable? server) => (ConnectionString, _server) = (connectionString, server);

    public static Option<string?> Connection { get; } = new("--connection")
    {
        Description = "Connection string of the database (default: ConnectionStrings__Headroom, else the private database of 'up').",
    };

    public static Option<string?> Data { get; } = new("--data") { Description = "Folder of 'up' with its private database (default: .local in the checkout)." };

    public string ConnectionString { get; }

    /// <exception cref="LocalPostgresException">The private database cannot be started.</exception>
    /// <exception cref="BackupException">A backup is wanted of a private database that was never made.</exception>
    public static async Task<ChosenDatabase> OpenAsync(ParseResult parsed, bool mayBeNew, CancellationToken cancellationToken)
    {
        if ((parsed.GetValue(Connection) ?? Environment.GetEnvironmentVariable("ConnectionStrings__Headroom")) is { Length: > 0 } given)
        {
            return new ChosenDatabase(given, null);
        }

        var folder = Path.Combine(Path.GetFullPath(parsed.GetValue(Data) ?? ProgramPaths.Find().DefaultDataFolder), "postgres");
        var options = new LocalPostgresOptions { Directory = folder };
        if (await LocalPostgres.FindRunningAsync(options, cancellationToken) is { } running)
        {
            return new ChosenDatabase(running, null);
        }

        if (!mayBeNew && !Directory.Exists(folder))
        {
            throw new BackupException($"expected a private database in {folder}, there is none; name a database with {Connection.Name}, or the folder of 'up' with {Data.Name}");
        }

        var server = await LocalPostgres.StartAsync(options, cancellationToken: cancellationToken);
        return new ChosenDatabase(server.ConnectionString, server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
