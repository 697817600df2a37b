using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>What a page shows can be taken away: as the API call, as a table, as a file; and the call answers what was shown.</summary>
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
        var agent = Assert.Single(await RowsAsync(visit.Page, "agents"));

        // A number comes unrounded, a time as a time.
        Assert.Equal(JsonValueKind.Number, agent.GetProperty("Lag [s]").ValueKind);
        Assert.True(agent.GetProperty("Last frame").TryGetDateTimeOffset(out _));
        await Pictures.SaveAsync(visit.Page, "take-away");

        await visit.GoAsync(web.Address, "/fleet");
        Assert.Equal("taken-away", Assert.Single(await RowsAsync(visit.Page, "fleet")).GetProperty("name").GetString());
        Assert.Equal([], visit.Errors);
    }

    [Fact]
    public async Task The_catalogue_comes_as_far_as_it_was_searched_and_the_state_of_the_server_fact_by_fact()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var visit = await Visit.OpenAsync(session);

        await visit.GoAsync(web.Address, "/catalogue?kind=Gpu&find=memory");
        var metrics = await RowsAsync(visit.Page, "metrics");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{metrics.Count} metrics");
        Assert.All(metrics, metric => Assert.Equal("Gpu", metric.GetProperty("entityKind").GetString()));
        Assert.Contains(metrics, metric => metric.GetProperty("name").GetString() == "hw.gpu.memory.usage");
        await Pictures.SaveAsync(visit.Page, "take-away-catalogue");

        await visit.GoAsync(web.Address, "/system");
        var facts = await RowsAsync(visit.Page, "system");
        var size = facts.Single(fact => fact.GetProperty("Fact").GetString() == "Size");
        Assert.Equal("By", size.GetProperty("unit").GetString());
        Assert.True(size.GetProperty("value").GetDouble() > 0);
        Assert.Contains("# curl", await TakeAsync(visit.Page, "system", "Save as CSV"), StringComparison.Ordinal);
        await Pictures.SaveAsync(visit.Page, "take-away-system");
        Assert.Equal([], visit.Errors);
    }

    [Fact]
    public async Task An_FPGA_prediction_is_answered_again_by_its_call_and_its_tables_hold_what_is_chosen()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var visit = await Visit.OpenAsync(session);
        await visit.GoAsync(web.Address, "/fpga?board=zcu102&layers=fc1:64");

        var lut = (await RowsAsync(visit.Page, "FPGA prediction")).Single(fact => fact.GetProperty("Fact").GetString() == "LUTs");
        var answer = await AskAsync(web.Address, visit.Page, "FPGA prediction");
        var same = answer.GetProperty("targets").EnumerateArray().Single(target => target.GetProperty("target").GetString() == "lut");
        Assert.Equal(
            [same.GetProperty("value").GetDouble(), same.GetProperty("lower").GetDouble(), same.GetProperty("upper").GetDouble()],
            [lut.GetProperty("value").GetDouble(), lut.GetProperty("lower").GetDouble(), lut.GetProperty("upper").GetDouble()]);

        Assert.Equal("64", (await RowsAsync(visit.Page, "FPGA layers")).Single(layer => layer.GetProperty("Layer").GetString() == "fc1").GetProperty("Reuse factor").GetString());
        Assert.Contains(await RowsAsync(visit.Page, "FPGA boards"), board => board.GetProperty("Board").GetString() == "zcu102");
        Assert.Equal(4, (await RowsAsync(visit.Page, "FPGA utilisation")).Count);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Keep to compare" }).ClickAsync();
        await visit.Page.GetByLabel("Reuse factor of fc1").SelectOptionAsync("16");
        var comparison = await TakeAsync(visit.Page, "FPGA comparison", "Save as CSV");
        Assert.Equal(2, comparison.Split('\n').Count(line => line.StartsWith("# curl -X POST", StringComparison.Ordinal)));
        await visit.Page.GetByLabel("Take away: FPGA prediction").ClickAsync();
        await Pictures.SaveAsync(visit.Page, "take-away-fpga");
        Assert.Equal([], visit.Errors);
    }

    [Fact]
    public async Task A_memory_plan_is_answered_again_by_its_call_and_the_step_adds_up_from_the_bars_of_its_chart()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var visit = await Visit.OpenAsync(session);
        await visit.GoAsync(web.Address, "/memory?model=qwen2.5-7b");
        await visit.Page.Locator("canvas").Nth(3).WaitForAsync();

        var step = (await RowsAsync(visit.Page, "memory plan"))[0].GetProperty("value").GetDouble();
        var answer = await AskAsync(web.Address, visit.Page, "memory plan");
        var best = answer.GetProperty("placements").EnumerateArray().Single(placement => placement.GetProperty("allocator").GetString() == answer.GetProperty("best").GetString());
        Assert.Equal(step, best.GetProperty("stepSeconds").GetDouble(), 9);

        var bars = (await RowsAsync(visit.Page, "memory step")).Select(bar => bar.GetProperty("seconds [s]").GetDouble()).ToArray();
        Assert.Equal(step, bars[^1], 9);
        Assert.Equal(bars[^1], bars[..^1].Sum(), 9);
        Assert.NotEmpty(await TakeAsync(visit.Page, "memory step", "Save as PNG"));
        Assert.Equal(answer.GetProperty("placements").GetArrayLength(), (await RowsAsync(visit.Page, "memory placements")).Count);
        var ways = await AskAsync(web.Address, visit.Page, "ways out of memory");
        Assert.Equal(ways.GetProperty("ways").GetArrayLength(), (await RowsAsync(visit.Page, "ways out of memory")).Count);
        await Pictures.SaveAsync(visit.Page, "take-away-memory");

        await visit.GoAsync(web.Address, "/memory/offload");
        await visit.Page.Locator("canvas").Nth(2).WaitForAsync();
        foreach (var what in (string[])["SSD offload", "swap chunks", "pipeline"])
        {
            Assert.NotEmpty(await RowsAsync(visit.Page, what));
            Assert.Equal(JsonValueKind.Object, (await AskAsync(web.Address, visit.Page, what)).ValueKind);
        }

        await Pictures.SaveAsync(visit.Page, "take-away-offload");
        Assert.Equal([], visit.Errors);
    }

    private static async Task<string> TakeAsync(IPage page, string what, string how)
    {
        var menu = page.Locator($"[data-take-away='{what}']");
        await page.GetByLabel($"Take away: {what}", new() { Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => menu.GetByRole(AriaRole.Button, new() { Name = how }).ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync(), Cancellation);
    }

    private static async Task<IReadOnlyList<JsonElement>> RowsAsync(IPage page, string what)
    {
        using var file = JsonDocument.Parse(await TakeAsync(page, what, "Save as JSON"));
        return [.. file.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.Clone())];
    }

    /// <summary>What the call of a menu answers.</summary>
    private static async Task<JsonElement> AskAsync(Uri server, IPage page, string what)
    {
        var menu = page.Locator($"[data-take-away='{what}']");
        using var client = new HttpClient { BaseAddress = server };
        using var body = new StringContent((await menu.GetAttributeAsync("data-body"))!, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri((await menu.GetAttributeAsync("data-call"))!, UriKind.Relative), body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
