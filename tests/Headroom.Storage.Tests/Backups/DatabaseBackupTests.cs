using Headroom.Storage.Backups;
using Headroom.Storage.Model;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Headroom.Storage.Tests.Backups;

public sealed class DatabaseBackupTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-backup-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_destroyed_database_comes_back_with_every_row()
    {
        await using (var context = database.CreateContext())
        {
            await context.FindOrAddHostAsync("backup-machine", "backup host", DateTimeOffset.UnixEpoch, Token);
            await context.Database.ExecuteSqlAsync($"INSERT INTO samples (host_id, entity_id, at, catalogue_version, readings) SELECT 1, 1, now() - make_interval(secs => i), 1, ARRAY[i, NULL, 2]::real[] FROM generate_series(1, 1000) i", Token);
        }

        var file = Path.Combine(_folder, "headroom.backup");
        await DatabaseBackup.WriteAsync(database.ConnectionString, file, Token);
        var expected = await FingerprintAsync(database.ConnectionString);

        var restored = await EmptyDatabaseAsync();
        await DatabaseBackup.RestoreAsync(restored, file, Token);
        Assert.Equal(expected, await FingerprintAsync(restored));
        await using var migrated = Migrations.DatabaseMigration.CreateContext(restored);
        Assert.Empty(await migrated.Database.GetPendingMigrationsAsync(Token));
    }

    [Fact]
    public async Task A_database_that_holds_tables_is_left_alone()
    {
        var file = Path.Combine(_folder, "other.backup");
        await DatabaseBackup.WriteAsync(database.ConnectionString, file, Token);
        var refused = await Assert.ThrowsAsync<BackupException>(() => DatabaseBackup.RestoreAsync(database.ConnectionString, file, Token));
        Assert.Contains("empty database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_backup_leaves_the_database_empty()
    {
        var file = Path.Combine(_folder, "torn.backup");
        await DatabaseBackup.WriteAsync(database.ConnectionString, file, Token);
        var whole = await File.ReadAllBytesAsync(file, Token);
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)], Token);

        var restored = await EmptyDatabaseAsync();
        var failed = await Assert.ThrowsAsync<BackupException>(() => DatabaseBackup.RestoreAsync(restored, file, Token));
        Assert.Contains(file, failed.Message, StringComparison.Ordinal);
        await using var source = NpgsqlDataSource.Create(restored);
        await using var count = source.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
        Assert.Equal(0L, await count.ExecuteScalarAsync(Token));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> EmptyDatabaseAsync()
    {
        var name = $"restored_{Guid.NewGuid():N}";
        await using var create = database.DataSource.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync(Token);
        return new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = name }.ConnectionString;
    }

    private static async Task<string> FingerprintAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            "SELECT (SELECT md5(string_agg(h::text, '|' ORDER BY host_id)) FROM hosts h) || (SELECT md5(string_agg(s::text, '|' ORDER BY at)) FROM samples s)");
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
