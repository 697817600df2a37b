using Headroom.Migrations;
using Headroom.Storage.Model;
using Npgsql;
using Xunit;

namespace Headroom.Testing;

/// <summary>
/// A migrated database of a test class's own: <c>class CopyTests(PostgresDatabase database) : IClassFixture&lt;PostgresDatabase&gt;</c>.
/// Touching it on a machine without PostgreSQL skips the test visibly.
/// </summary>
public sealed class PostgresDatabase(PostgresCluster cluster) : IAsyncLifetime
{
    private string? _connectionString;
    private string? _skipReason;
    private NpgsqlDataSource? _dataSource;

    /// <summary>Connects to the database.</summary>
    public string ConnectionString => _connectionString ?? throw new SkippedTestException(_skipReason ?? "the database was not made");

    /// <summary>Whether there is one: false on a machine without PostgreSQL.</summary>
    public bool IsThere => _connectionString is not null;

    /// <summary>One pool for the class.</summary>
    public NpgsqlDataSource DataSource => _dataSource ??= NpgsqlDataSource.Create(ConnectionString);

    /// <summary>A context on the database.</summary>
    public HeadroomDbContext CreateContext() => DatabaseMigration.CreateContext(ConnectionString);

    /// <inheritdoc />
    public async ValueTask InitializeAsync() =>
        (_connectionString, _skipReason) = await cluster.CreateDatabaseAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_dataSource is not null)
        {
            await _dataSource.DisposeAsync();
        }

        if (_connectionString is not null)
        {
            await cluster.DropDatabaseAsync(_connectionString);
        }
    }
}
