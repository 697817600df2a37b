using Headroom.Migrations;
using Headroom.Storage.Provisioning;
using Npgsql;

namespace Headroom.Testing;

/// <summary>
/// The PostgreSQL of a test assembly, started when the first test asks for it: the one HEADROOM_TEST_DATABASE names (a connection
/// string whose user may create databases), else a private throw-away cluster; a machine without either skips those tests
/// visibly. Register once per assembly: <c>[assembly: AssemblyFixture(typeof(PostgresCluster))]</c>.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ThrowAwayServer? _server;
    private string? _maintenance;
    private string? _template;
    private string? _skipReason;

    /// <summary>Makes a migrated, empty database and returns its connection string, or null with the reason when there is no PostgreSQL.</summary>
    internal async Task<(string? ConnectionString, string? SkipReason)> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_template is null && _skipReason is null)
            {
                await StartAsync(cancellationToken);
            }

            if (_skipReason is not null)
            {
                return (null, _skipReason);
            }

            var database = $"test_{Guid.NewGuid():N}";
            await ExecuteAsync($"CREATE DATABASE {database} TEMPLATE {_template}", cancellationToken);
            return (For(database), null);
        }
        finally
        {
            _gate.Release();
        }
    }

    internal async Task DropDatabaseAsync(string connectionString)
    {
        // A private cluster goes away as a whole.
        if (_server is null)
        {
            var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
            await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is null && _template is not null)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {_template} WITH (FORCE)", CancellationToken.None);
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _maintenance = Environment.GetEnvironmentVariable("HEADROOM_TEST_DATABASE");
        if (string.IsNullOrWhiteSpace(_maintenance))
        {
            if (ServerBinaries.FindAll().Count == 0)
            {
                _skipReason = "no PostgreSQL: set HEADROOM_TEST_DATABASE or install the package 'postgresql'";
                return;
            }

            _server = await ThrowAwayServer.StartAsync(cancellationToken);
            _maintenance = _server.ConnectionString;
        }

        var template = $"template_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {template}", cancellationToken);
        await DatabaseMigration.ApplyAsync(For(template), new Progress<string>(), cancellationToken);
        // A database with open connections cannot be a template.
        NpgsqlConnection.ClearAllPools();
        _template = template;
    }

    private string For(string database) => new NpgsqlConnectionStringBuilder(_maintenance) { Database = database }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_maintenance) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
