using System.Text.Json;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>What a page shows can be taken away: as the API call, as a table, as a file.</summary>
public sealed class TakeAwayTests(PostgresDatabase database, BrowserSession session) : IClassFixture<PostgresDatabase>
{
    private static readonly TimeSpan History = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agents_come_as_the_table_shows_them_and_the_fleet_as_its_call_answers()
    {
        await using var feeder = await Feeder.StartAsync(database, "taken-away", History, Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var visit = await Visit.OpenAsync(session);

        await visit.GoAsync(web.Address, "/agents");
        var csv = await TakeAsync(visit.Page, "agents", "Save as CSV");
        var lines = csv.Split('\n');
        Assert.Equal($"# curl '{new Uri(web.Address, "/api/v1/agents")}'", lines[0]);
        Assert.StartsWith("\"Host\",\"State\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"taken-away\"", lines[2], StringComparison.Ordinal);
        using var agents = JsonDocument.Parse(await TakeAsync(visit.Page, "agents", "Save as JSON"));
        var agent = Assert.Single(agents.RootElement.GetProperty("rows").EnumerateArray());

        // A number comes unrounded, a time as a time.
        Assert.Equal(JsonValueKind.Number, agent.GetProperty("Lag [s]").ValueKind);
        Assert.True(agent.GetProperty("Last frame").TryGetDateTimeOffset(out _));
        await Pictures.SaveAsync(visit.Page, "take-away");

        await visit.GoAsync(web.Address, "/fleet");
        using var fleet = JsonDocument.Parse(await TakeAsync(visit.Page, "fleet", "Save as JSON"));
        Assert.Equal("taken-away", Assert.Single(fleet.RootElement.GetProperty("rows").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal([], visit.Errors);
    }

    private static async Task<string> TakeAsync(IPage page, string what, string how)
    {
        await page.GetByLabel($"Take away: {what}").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = how }).First.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync(), Cancellation);
    }
}
