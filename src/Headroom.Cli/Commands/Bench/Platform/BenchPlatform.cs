using System.Globalization;
using Headroom.Cli.Commands.Up;
using Headroom.Migrations;
using Headroom.Storage.Provisioning;
using Npgsql;

namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>A database of its own with default durability, and where it is asked for the server program on it; gone when the bench ends.</summary>
internal sealed class BenchPlatform : IAsyncDisposable
{
    private readonly string _folder;
    private readonly LocalPostgres _postgres;
    private readonly ChildProgram? _web;

    private BenchPlatform(string folder, LocalPostgres postgres, ChildProgram? web, Uri address) =>
        (_folder, _postgres, _web, Address) = (folder, postgres, web, address);

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; }

    /// <summary>The database, as its owner.</summary>
    public string ConnectionString => _postgres.ConnectionString;

    /// <summary>Process id of the server program.</summary>
    public int WebProcessId => _web?.ProcessId ?? throw new InvalidOperationException("this bench started no server program");

    /// <summary>CPU time that the server program and the database have used so far.</summary>
    public async Task<double> CpuSecondsAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        var backend = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        var postmaster = ProcessTree.ParentOf(backend) ?? throw new InvalidOperationException($"process {backend} of the database is not on this machine");
        return ProcessTree.CpuSeconds(WebProcessId) + ProcessTree.CpuSeconds(postmaster);
    }

    /// <summary>Starts the database, brings its schema up to date, and starts the server program when wanted.</summary>
    public static Task<BenchPlatform> StartAsync(bool withServer, CancellationToken cancellationToken) => StartAsync(withServer, new Dictionary<string, string?>(), cancellationToken);

    /// <summary>Starts the database, brings its schema up to date, and starts the server program when wanted.</summary>
    /// <param name="withServer">Whether it is.</param>
    /// <param name="settings">Settings of the server program beside its defaults, as environment variables.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<BenchPlatform> StartAsync(bool withServer, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("headroom-bench-").FullName;
        var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { Directory = Path.Combine(folder, "postgres") }, cancellationToken: cancellationToken);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Choose()}"));
        ChildProgram? web = null;
        try
        {
            await DatabaseMigration.ApplyAsync(postgres.ConnectionString, new Progress<string>(), cancellationToken);
            if (withServer)
            {
                web = ChildProgram.Start("web", ProgramPaths.Find().Web, ["--urls", address.ToString()], Environment(postgres, settings), Path.Combine(folder, "log"));
                await Readiness.WaitForHealthAsync(address, web, cancellationToken);
            }

            return new BenchPlatform(folder, postgres, web, address);
        }
        catch
        {
            await StopAsync(folder, postgres, web);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_folder, _postgres, _web);

    private static async Task StopAsync(string folder, LocalPostgres postgres, ChildProgram? web)
    {
        if (web is not null)
        {
            await web.DisposeAsync();
        }

        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Dictionary<string, string?> Environment(LocalPostgres postgres, IReadOnlyDictionary<string, string?> settings) => new(settings)
    {
        ["ConnectionStrings__Headroom"] = postgres.ConnectionString,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        [LocalAccess.Variable] = LocalAccess.Open,
        ["Logging__LogLevel__Default"] = "Warning",
    };
}
