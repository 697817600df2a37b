using Headroom.Calibration.RunSets;
using Headroom.Cli.Commands.Calibrate;
using Headroom.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Headroom.Cli.Tests.Calibrate;

public sealed class CampaignStoreTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_that_stopped_and_went_on_has_every_labelled_run_once_in_the_database()
    {
        CalibrationRun[] before = [Run(1, 100), Run(2, 50, new Neighbour("stream", 2, 1.5), new Neighbour("cpu", 1, null))];
        CalibrationRun[] after = [.. before, Run(3, 300), Run(4, 400) with { Application = "never alone", Neighbours = [new("cpu", 1, null)] }];

        Assert.Equal(2, await CampaignStore.WriteAsync(database.ConnectionString, before, Token));
        Assert.Equal(3, await CampaignStore.WriteAsync(database.ConnectionString, after, Token));

        await using var context = database.CreateContext();
        var rows = await context.Runs.AsNoTracking().OrderBy(run => run.StartedAt).ToListAsync(Token);
        Assert.Equal([0.5, 0.25, 1], rows.Select(row => row.OutcomeValue));
        Assert.Equal(["cpu:1", "stream:2@1.5"], rows[1].Neighbours);
        Assert.Equal(("50", "1/s"), (rows[1].Attributes["speed"], rows[1].Attributes["speed.unit"]));
        Assert.Equal(Start.AddSeconds(48), rows[1].EndedAt);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_an_error_before_anything_runs() =>
        await Assert.ThrowsAsync<NpgsqlException>(() => CampaignStore.WriteAsync("Host=127.0.0.1;Port=1;Database=none;Username=none", [], Token));

    private static CalibrationRun Run(int number, double speed, params Neighbour[] neighbours) => new(
        number, "redis", 1, neighbours, Start.AddSeconds(20 * number), Start.AddSeconds((20 * number) + 8), speed, "1/s", 0.05, $"/headroom-calibrate/r{number}", "recording-01.frames");
}
