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

    /// <summary>Connection string of the database that is named, else of the private one of an <c>up</c> that runs; null when there is neither.</summary>
    /// <param name="connection">What <c>--connection</c> says; null to look at ConnectionStrings__Headroom.</param>
    /// <param name="data">Folder of <c>up</c>; null for the one in the checkout.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<string?> FindAsync(string? connection, string? data, CancellationToken cancellationToken) =>
        (connection ?? Environment.GetEnvironmentVariable("ConnectionStrings__Headroom")) is { Length: > 0 } named
            ? named
            : await LocalPostgres.FindRunningAsync(new LocalPostgresOptions { Directory = FolderOf(data) }, cancellationToken);

    /// <exception cref="LocalPostgresException">The private database cannot be started.</exception>
    /// <exception cref="BackupException">A backup is wanted of a private database that was never made.</exception>
    public static async Task<ChosenDatabase> OpenAsync(ParseResult parsed, bool mayBeNew, CancellationToken cancellationToken)
    {
        if (await FindAsync(parsed.GetValue(Connection), parsed.GetValue(Data), cancellationToken) is { } found)
        {
            return new ChosenDatabase(found, null);
        }

        var folder = FolderOf(parsed.GetValue(Data));
        if (!mayBeNew && !Directory.Exists(folder))
        {
            throw new BackupException($"expected a private database in {folder}, there is none; name a database with {Connection.Name}, or the folder of 'up' with {Data.Name}");
        }

        var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Directory = folder }, cancellationToken: cancellationToken);
        return new ChosenDatabase(server.ConnectionString, server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static string FolderOf(string? data) => Path.Combine(Path.GetFullPath(data ?? ProgramPaths.Find().DefaultDataFolder), "postgres");
}
