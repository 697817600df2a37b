using Headroom.Testing;
using Npgsql;

namespace Headroom.EndToEnd.Tests;

/// <summary>A database that is lost, and what the API says after it came back.</summary>
public sealed class BackupTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-backup-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task After_backup_loss_and_restore_the_api_gives_the_same_answers()
    {
        var file = Path.Combine(_folder, "headroom.backup");
        await using (await Feeder.StartAsync(database, "backup-host", TimeSpan.FromMinutes(5), Token))
        {
            // What it sent is stored; it stops before the backup, so that both answers are about the same data.
        }

        var to = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string before;
        await using (var web = await WebProgram.StartAsync(database.ConnectionString, Token))
        {
            before = await AnswersAsync(web, to);
        }

        Assert.Contains("backup-host", before, StringComparison.Ordinal);
        await CliProgram.RunAsync(Environment(database.ConnectionString), "backup", "--out", file);

        var restored = await LoseAndMakeAnewAsync();
        await CliProgram.RunAsync(Environment(restored), "restore", file);
        await using var again = await WebProgram.StartAsync(restored, Token);
        Assert.Equal(before, await AnswersAsync(again, to));
    }

    private async Task<string> LoseAndMakeAnewAsync()
    {
        var lost = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var fresh = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = $"fresh_{Guid.NewGuid():N}", Pooling = false };
        await using (var create = database.DataSource.CreateCommand($"CREATE DATABASE {fresh.Database}"))
        {
            await create.ExecuteNonQueryAsync(Token);
        }

        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(fresh.ConnectionString);
        await using var drop = source.CreateCommand($"DROP DATABASE {lost.Database} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync(Token);
        return fresh.ConnectionString;
    }

    private static async Task<string> AnswersAsync(WebProgram web, long to)
    {
        using var client = new HttpClient { BaseAddress = web.Address };
        var hosts = await client.GetStringAsync(new Uri("/api/v1/hosts", UriKind.Relative), Token);
        var entities = await client.GetStringAsync(new Uri("/api/v1/hosts/1/entities", UriKind.Relative), Token);
        var series = await client.GetStringAsync(new Uri($"/api/v1/series?s=1:1:system.cpu.utilization&from={to - 300_000}&to={to}&points=100", UriKind.Relative), Token);
        return hosts + entities + series;
    }

    private static Dictionary<string, string> Environment(string connectionString) => new() { ["ConnectionStrings__Headroom"] = connectionString };
}
