using Headroom.Migrations;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Headroom.Storage.Tests.Model;

/// <summary>What was stored by an earlier version is still there after an upgrade.</summary>
public sealed class UpgradeTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_of_the_first_version_keeps_its_rows_through_every_migration()
    {
        var connectionString = await EmptyDatabaseAsync();
        await using (var context = DatabaseMigration.CreateContext(connectionString))
        {
            await context.Database.MigrateAsync(context.Database.GetMigrations().First(), Token);
        }

        await using var source = NpgsqlDataSource.Create(connectionString);
        await ExecuteAsync(source, "INSERT INTO hosts (key, name, first_seen_at) VALUES ('old-machine', 'old', now())");
        await ExecuteAsync(source, "INSERT INTO enrolment_tokens (token_hash, note, created_at, expires_at) VALUES ('\\x01', 'from before', now(), now() + interval '1 day')");
        await ExecuteAsync(source, "INSERT INTO enrolment_tokens (token_hash, note, created_at, expires_at, used_at) VALUES ('\\x02', 'used before', now(), now() + interval '1 day', now())");
        await ExecuteAsync(source, "INSERT INTO samples (host_id, entity_id, at, catalogue_version, readings) SELECT 1, 1, now() - make_interval(secs => i), 1, ARRAY[i]::real[] FROM generate_series(1, 100) i");

        await DatabaseMigration.ApplyAsync(connectionString, new Progress<string>(), Token);

        await using var upgraded = DatabaseMigration.CreateContext(connectionString);
        Assert.Empty(await upgraded.Database.GetPendingMigrationsAsync(Token));
        Assert.Equal("old", (await upgraded.Hosts.SingleAsync(Token)).Name);
        Assert.Equal([1, 0], await upgraded.EnrolmentTokens.OrderBy(token => token.Note).Select(token => token.UsesLeft).ToListAsync(Token));
        await using var count = source.CreateCommand("SELECT count(*) FROM samples");
        Assert.Equal(100L, await count.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var connectionString = await EmptyDatabaseAsync();
        await DatabaseMigration.ApplyAsync(connectionString, new Progress<string>(), Token);
        await DatabaseMigration.ApplyAsync(connectionString, new Progress<string>(), Token);
        await using var context = DatabaseMigration.CreateContext(connectionString);
        Assert.False(context.Database.HasPendingModelChanges(), "the model has changes that no migration makes: dotnet ef migrations add NAME -p migrations/Headroom.Migrations");
    }

    private async Task<string> EmptyDatabaseAsync()
    {
        var name = $"upgrade_{Guid.NewGuid():N}";
        await ExecuteAsync(database.DataSource, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = name }.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
