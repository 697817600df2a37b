using System.Globalization;
using Npgsql;

namespace Headroom.Storage.Provisioning;

/// <summary>
/// A private PostgreSQL server in a folder of its own, on 127.0.0.1 and a unix socket. The first start makes the cluster, later
/// starts go on with the same data; a server that an earlier run left behind is taken over. Disposing stops the server.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly ServerBinaries _binaries;
    private readonly ClusterFolder _folder;
    private readonly TimeSpan _timeout;

    private LocalPostgres(ServerBinaries binaries, ClusterFolder folder, int port, string connectionString, TimeSpan timeout)
    {
        _binaries = binaries;
        _folder = folder;
        _timeout = timeout;
        Port = port;
        ConnectionString = connectionString;
    }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Connects to the database as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Folder that holds the cluster, for messages: what to delete to start from nothing.</summary>
    public string DataDirectory => _folder.Data;

    /// <summary>Makes the cluster if there is none, starts it, and makes the database if there is none.</summary>
    /// <exception cref="LocalPostgresException">No fitting server programs, a full disk, a port taken, a folder that holds something else.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, IProgress<string>? progress = null, ServerBinaries? binaries = null, CancellationToken cancellationToken = default)
    {
        var user = ServerProcess.UnprivilegedUser();
        var folder = await ClusterFolder.PrepareAsync(options, user, progress, cancellationToken).ConfigureAwait(false);
        binaries = await ChooseBinariesAsync(folder, binaries, cancellationToken).ConfigureAwait(false);
        if (!folder.IsInitialised)
        {
            progress?.Report($"making a PostgreSQL cluster in {folder.Data}");
            await folder.InitialiseAsync(binaries, options.RequirePassword, cancellationToken).ConfigureAwait(false);
        }

        var port = await StartServerAsync(binaries, folder, options, progress, cancellationToken).ConfigureAwait(false);
        var connectionString = await EnsureDatabaseAsync(folder, options.Database, port, cancellationToken).ConfigureAwait(false);
        return new LocalPostgres(binaries, folder, port, connectionString, options.StartTimeout);
    }

    /// <summary>What the log says last when the server does not run any more; null while it runs.</summary>
    public string? WhyItEnded() => _folder.RunningServer() is null ? _folder.Explain("PostgreSQL ended by itself", "") : null;

    /// <summary>Connects to the server that runs on the folder now, without becoming its owner; null when none runs.</summary>
    public static async Task<string?> FindRunningAsync(LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Directory))
        {
            return null;
        }

        var folder = await ClusterFolder.PrepareAsync(options, ServerProcess.UnprivilegedUser(), progress: null, cancellationToken).ConfigureAwait(false);
        return folder.RunningServer() is { } running ? await EnsureDatabaseAsync(folder, options.Database, running.Port, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Stops the server after open transactions were rolled back; does nothing when it is not running.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        NpgsqlConnection.ClearAllPools();
        if (_folder.RunningServer() is null)
        {
            return;
        }

        var seconds = ((int)_timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var outcome = await ServerProcess.RunAsync(_binaries.PgCtl, ["stop", "-D", _folder.Data, "-m", "fast", "-w", "-t", seconds], _folder.User, cancellationToken).ConfigureAwait(false);
        if (!outcome.Succeeded && _folder.RunningServer() is not null)
        {
            throw new LocalPostgresException($"PostgreSQL in {_folder.Data} did not stop within {seconds} s: {outcome.Tail}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private static async Task<ServerBinaries> ChooseBinariesAsync(ClusterFolder folder, ServerBinaries? given, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServerBinaries> candidates = given is null ? ServerBinaries.FindAll() : [given];
        if (candidates.Count == 0)
        {
            throw new LocalPostgresException("no PostgreSQL server programs (initdb, pg_ctl, postgres) under /usr/lib/postgresql or on PATH: install the package 'postgresql', or configure ConnectionStrings__Headroom");
        }

        if (!folder.IsInitialised)
        {
            return candidates[0];
        }

        var wanted = await folder.ReadMajorVersionAsync(cancellationToken).ConfigureAwait(false);
        foreach (var candidate in candidates)
        {
            if (await candidate.ReadMajorVersionAsync(cancellationToken).ConfigureAwait(false) == wanted)
            {
                return candidate;
            }
        }

        throw new LocalPostgresException($"{folder.Data} was made by PostgreSQL {wanted}, but only {string.Join(", ", candidates.Select(candidate => candidate.Folder))} is installed: install PostgreSQL {wanted}, or move the folder away to start from nothing");
    }

    private static async Task<int> StartServerAsync(ServerBinaries binaries, ClusterFolder folder, LocalPostgresOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (folder.RunningServer() is { } running)
        {
            progress?.Report($"taking over the PostgreSQL that an earlier run left on port {running.Port}");
            return running.Port;
        }

        folder.RemoveStalePid();
        var port = FreePort.Choose(options.Port, await folder.ReadLastPortAsync(cancellationToken).ConfigureAwait(false));
        progress?.Report($"starting PostgreSQL on 127.0.0.1:{port}");
        var settings = new Dictionary<string, string>
        {
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = folder.Socket,
            ["timezone"] = "UTC",
        };
        foreach (var (name, value) in options.ServerSettings)
        {
            settings[name] = value;
        }

        var flags = string.Join(' ', settings.Select(setting => $"-c {setting.Key}='{setting.Value}'"));
        var seconds = ((int)options.StartTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var outcome = await ServerProcess.RunAsync(binaries.PgCtl, ["start", "-D", folder.Data, "-l", folder.Log, "-w", "-t", seconds, "-o", flags], folder.User, cancellationToken).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw folder.ExplainFailure($"PostgreSQL did not start on port {port}", outcome);
        }

        await folder.WriteLastPortAsync(port, cancellationToken).ConfigureAwait(false);
        return port;
    }

    private static async Task<string> EnsureDatabaseAsync(ClusterFolder folder, string database, int port, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = ClusterFolder.Owner,
            Password = await folder.ReadPasswordAsync(cancellationToken).ConfigureAwait(false),
            Database = "postgres",
        };
        try
        {
            await using var connection = new NpgsqlConnection(builder.ConnectionString + ";Pooling=false");
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection) { Parameters = { new() { Value = database } } };
            if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
            {
                await using var create = new NpgsqlCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
                await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException exception)
        {
            throw new LocalPostgresException($"PostgreSQL on 127.0.0.1:{port} started but did not let us make the database '{database}': {exception.Message}", exception);
        }

        builder.Database = database;
        return builder.ConnectionString;
    }
}
