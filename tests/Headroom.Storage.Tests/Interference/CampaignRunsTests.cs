using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Telemetry.Catalogue;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Storage.Tests.Interference;

public sealed class CampaignRunsTests : IClassFixture<PostgresDatabase>, IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgresDatabase _database;
    private readonly ServiceProvider _services;
    private readonly CampaignRuns _runs;

    public CampaignRunsTests(PostgresDatabase database)
    {
        _database = database;
        _services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        _runs = _services.GetRequiredService<CampaignRuns>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task A_campaign_that_is_written_after_every_stop_has_each_run_once_with_its_newest_label()
    {
        Assert.Equal(2, await _runs.PutAsync("machine-1", "one", [Run(1, 0.5), Run(2, 0.8)], Token));
        Assert.Equal(2, await _runs.PutAsync("machine-1", "one", [Run(1, 0.5), Run(2, 0.9), Run(3, 1)], Token));
        Assert.Equal(0, await _runs.PutAsync("machine-1", "one", [Run(1, 0.5), Run(2, 0.9), Run(3, 1)], Token));

        var rows = await ReadAsync("machine-1");

        Assert.Equal([0.5, 0.9, 1], rows.Select(row => row.OutcomeValue));
        Assert.All(rows, row => Assert.Equal((InterferenceLabels.Outcome, "redis", "2"), (row.OutcomeName, row.Application, row.Attributes["threads"])));
        Assert.Equal(["cpu:1"], rows[0].Neighbours);
    }

    [Fact]
    public async Task Two_machines_that_measure_at_the_same_time_keep_their_own_runs()
    {
        await _runs.PutAsync("machine-2", "two", [Run(1, 0.2)], Token);
        await _runs.PutAsync("machine-3", "three", [Run(1, 0.3)], Token);

        Assert.Equal([0.2], (await ReadAsync("machine-2")).Select(row => row.OutcomeValue));
        Assert.Equal([0.3], (await ReadAsync("machine-3")).Select(row => row.OutcomeValue));
    }

    [Fact]
    public async Task A_run_finds_the_workload_that_the_platform_saw_even_when_its_frames_come_later()
    {
        var agent = await _database.AddAgentAsync("watched", Token);
        await using var context = _database.CreateContext();
        var key = (await context.Hosts.SingleAsync(host => host.HostId == agent.HostId, Token)).Key;
        await _runs.PutAsync(key, "another name", [Run(1, 0.5)], Token);
        Assert.Null(Assert.Single(await ReadAsync(key)).EntityId);

        var workload = new EntityRow { HostId = agent.HostId, Kind = EntityKind.Workload, Key = Run(1, 0.5).WorkloadKey, Name = "redis", Attributes = [], FirstSeenAt = Start, LastSeenAt = Start };
        context.Entities.Add(workload);
        await context.SaveChangesAsync(Token);
        await _runs.PutAsync(key, "another name", [Run(1, 0.5)], Token);

        Assert.Equal(workload.EntityId, Assert.Single(await ReadAsync(key)).EntityId);
        Assert.NotEqual("another name", (await context.Hosts.AsNoTracking().SingleAsync(host => host.HostId == agent.HostId, Token)).Name);
    }

    private static CampaignRun Run(int number, double performance) => new(
        $"/headroom-calibrate/r{number}", "redis", ["cpu:1"], Start.AddSeconds(20 * number), Start.AddSeconds((20 * number) + 8), performance, new Dictionary<string, string> { ["threads"] = "2" });

    private async Task<List<RunRow>> ReadAsync(string hostKey)
    {
        await using var context = _database.CreateContext();
        return await context.Runs.AsNoTracking()
            .Where(run => context.Hosts.Any(host => host.HostId == run.HostId && host.Key == hostKey)).OrderBy(run => run.StartedAt).ToListAsync(Token);
    }
}
