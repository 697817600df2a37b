using Headroom.Migrations;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Tests.Model;

public sealed class SchemaTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_migrations_say_what_the_model_says()
    {
        using var context = database.CreateContext();
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var said = new List<string>();
        await DatabaseMigration.ApplyAsync(database.ConnectionString, new Collect(said), Token);
        Assert.Equal(["the schema is up to date"], said);
    }

    [Fact]
    public async Task Every_telemetry_table_has_the_host_in_all_its_unique_keys()
    {
        // Hosts, agents, advice, alerts and notes are few, have ids of their own and stay on one node.
        var offenders = await ListAsync(
            """
            SELECT c.relname || ': ' || k.conname FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'host_id'
            JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u')
            WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT IN ('hosts', 'agents', 'capacity_advice', 'alerts', 'notes') AND NOT a.attnum = ANY(k.conkey)
            """);
        var telemetry = await ListAsync(
            """
            SELECT p.relname::text FROM pg_class p WHERE p.relkind = 'p' AND p.relnamespace = 'public'::regnamespace
            AND EXISTS (SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = p.oid AND a.attname = 'host_id' AND a.attnum = ANY(k.conkey) WHERE k.conrelid = p.oid AND k.contype = 'p')
            ORDER BY 1
            """);
        Assert.Empty(offenders);
        Assert.Equal(["rollup_blocks", "rollup_hours", "rollups", "sample_blocks", "samples"], telemetry);
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var list = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            list.Add(reader.GetString(0));
        }

        return list;
    }

    private sealed class Collect(List<string> said) : IProgress<string>
    {
        public void Report(string value) => said.Add(value);
    }
}
