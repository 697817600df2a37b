using System.Globalization;
using Headroom.Storage.Provisioning;
using Npgsql;

namespace Headroom.Storage.Backups;

/// <summary>
/// The whole database as one file, in PostgreSQL's own archive format: telemetry, agents, jobs, models, people. Written while the platform
/// runs, as of one instant. Needs <c>pg_dump</c> and <c>pg_restore</c>, at least as new as the server.
/// </summary>
public static class DatabaseBackup
{
    /// <summary>Writes a backup; a file of that name is replaced when the new one is whole.</summary>
    /// <exception cref="BackupException">The programs are missing, the database cannot be read, or the disk is full; the message says which.</exception>
    public static async Task WriteAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        var partial = file + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await RunAsync("pg_dump", connectionString, ["--format=custom", "--no-owner", "--no-privileges", $"--file={partial}"], $"the backup could not be written to {file}", cancellationToken).ConfigureAwait(false);
            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Fills an empty database from a backup, wholly or not at all.</summary>
    /// <exception cref="BackupException">The database holds tables, the file is no backup, or the programs are missing; the message says which.</exception>
    public static async Task RestoreAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new BackupException($"expected a backup at {file}, there is no such file");
        }

        var tables = await CountTablesAsync(connectionString, cancellationToken).ConfigureAwait(false);
        if (tables > 0)
        {
            throw new BackupException(string.Create(CultureInfo.InvariantCulture, $"expected an empty database to restore into, this one holds {tables} tables: make a new one, or drop its schemas first"));
        }

        await RunAsync("pg_restore", connectionString, ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(connectionString).Database ?? "", file],
            $"{file} could not be restored, and nothing of it was kept", cancellationToken).ConfigureAwait(false);
    }

    private static async Task<long> CountTablesAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand(
                "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg_toast%'");
            return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
        catch (NpgsqlException unreachable)
        {
            throw new BackupException($"the database cannot be reached: {unreachable.Message}", unreachable);
        }
    }

    private static async Task RunAsync(string program, string connectionString, IEnumerable<string> arguments, string failure, CancellationToken cancellationToken)
    {
        var path = ServerBinaries.FindAll().Select(binaries => Path.Combine(binaries.Folder, program)).FirstOrDefault(File.Exists)
            ?? throw new BackupException($"expected {program} on this machine, found none: install the package 'postgresql-client'");
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = to.Host ?? "localhost",
            ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = to.Username ?? "",
            ["PGPASSWORD"] = to.Password ?? "",
            ["PGDATABASE"] = to.Database ?? "",
        };
        var outcome = await ServerProcess.RunAsync(path, arguments, asUser: null, cancellationToken, environment).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw new BackupException($"{failure}: {outcome.Tail}");
        }
    }
}
