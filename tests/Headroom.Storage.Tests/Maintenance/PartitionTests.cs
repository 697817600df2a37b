using Headroom.Storage.Maintenance;
using Headroom.Storage.People;
using Headroom.Storage.Writing;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static Headroom.Storage.Tests.Batches;

namespace Headroom.Storage.Tests.Maintenance;

public sealed class PartitionTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly IOptions<StorageOptions> Limits = Options.Create(new StorageOptions { PartitionLead = TimeSpan.FromHours(2) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partitions_are_made_ahead_take_early_rows_along_and_are_dropped_by_retention()
    {
        var clock = new FakeTimeProvider(Start.AddMinutes(5));
        var agent = await database.AddAgentAsync("partitions", Token);
        await new TelemetryWriter(database.DataSource, clock, Limits).WriteAsync([Seconds(agent.AgentId, Guid.NewGuid(), 0, 100)], Token);
        Assert.Equal(100, await CountAsync("SELECT count(*) FROM samples_default"));

        var maintenance = new PartitionMaintenance(database.DataSource, clock, Limits);
        var made = await Task.WhenAll(maintenance.EnsureAsync(Token), maintenance.EnsureAsync(Token));
        Assert.Equal(3 + 3 + 1 + 1 + 1, made.Sum());
        Assert.Equal(0, await maintenance.EnsureAsync(Token));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM samples_default"));
        Assert.Equal(100, await CountAsync("SELECT count(*) FROM samples_2026060112"));

        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await new Compaction(database.DataSource, clock, Limits).RunAsync(Token));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM pg_class WHERE relname = 'samples_2026060112'"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM samples"));
        Assert.NotEqual(0, await CountAsync("SELECT count(*) FROM sample_blocks_2026060100"));

        clock.Advance(TimeSpan.FromDays(29));
        Assert.DoesNotContain("sample_blocks_2026060100", await new Retention(database.DataSource, clock, Limits).RunAsync(Token));
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains("sample_blocks_2026060100", await new Retention(database.DataSource, clock, Limits).RunAsync(Token));
        Assert.NotEqual(0, await CountAsync("SELECT count(*) FROM rollup_blocks"));
    }

    [Fact]
    public async Task Entries_of_the_audit_log_are_kept_as_long_as_the_settings_say_and_no_longer()
    {
        var clock = new FakeTimeProvider(Start);
        await using (var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddHeadroomStorage(database.ConnectionString).BuildServiceProvider())
        {
            var audit = services.GetRequiredService<AuditLog>();
            await audit.WriteAsync("ada", "SetRole", "old", null, "done", Token);
            clock.Advance(TimeSpan.FromDays(1));
            await audit.WriteAsync("ada", "SetRole", "newer", null, "done", Token);
            clock.Advance(Limits.Value.AuditRetention - TimeSpan.FromHours(1));
            await new Retention(database.DataSource, clock, Limits).RunAsync(Token);
            Assert.Equal(["newer"], (await audit.ListAsync(null, "SetRole", 10, Token)).Select(entry => entry.Subject));
        }
    }

    [Fact]
    public async Task A_write_that_waited_while_the_partition_of_its_hour_was_made_ends_in_it()
    {
        var clock = new FakeTimeProvider(Start.AddHours(10).AddMinutes(5));
        var agent = await database.AddAgentAsync("waiting", Token);
        await using var maker = await database.DataSource.OpenConnectionAsync(Token);
        await using var making = await maker.BeginTransactionAsync(Token);
        await using var make = new NpgsqlCommand(
            """
            LOCK TABLE samples_default IN ACCESS EXCLUSIVE MODE;
            CREATE TABLE samples_made (LIKE samples INCLUDING ALL);
            ALTER TABLE samples ATTACH PARTITION samples_made FOR VALUES FROM ('2026-06-01 22:00:00+00') TO ('2026-06-01 23:00:00+00');
            """,
            maker);
        await make.ExecuteNonQueryAsync(Token);

        var write = new TelemetryWriter(database.DataSource, clock, Limits).WriteAsync([Seconds(agent.AgentId, Guid.NewGuid(), 0, 10, Start.AddHours(10))], Token);
        while (await CountAsync("SELECT count(*) FROM pg_locks WHERE relation = 'samples_default'::regclass AND NOT granted") == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }

        await making.CommitAsync(Token);
        Assert.Equal(10, Assert.Single(await write).StoredFrames);
        Assert.Equal(10, await CountAsync("SELECT count(*) FROM samples_made"));
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
