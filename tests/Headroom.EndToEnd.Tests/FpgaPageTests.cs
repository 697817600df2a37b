using Deque.AxeCore.Playwright;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The FPGA page in a real browser: example, file, layers, trade-offs, comparison, downloads.</summary>
public sealed class FpgaPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const string Unsupported = """{"input": [16], "layers": [{"type": "attention"}]}""";
    private const string Own = """{"name": "my_net", "input": [8], "layers": [{"type": "dense", "name": "only", "units": 4}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_sees_what_a_network_costs_explores_and_takes_the_configuration_along(ColorScheme scheme)
    {
        await using var visit = await Visit.OpenAsync(browser, scheme);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var page = visit.Page;

        await visit.GoAsync(web.Address, "/fpga");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Prediction" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep to compare" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Comparison" }).WaitForAsync();
        await Patience.RepeatUntilAsync(
            "the layer in the address",
            () => page.GetByLabel("Reuse factor of fc1").SelectOptionAsync("64"),
            () => Task.FromResult(page.Url.Contains("layers=fc1", StringComparison.Ordinal)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Explore" }).ClickAsync();
        await page.GetByText("Data as a table").ClickAsync();
        await ChooseAnotherDesignAsync(page);
        await Pictures.SaveAsync(page, $"fpga-{scheme}");

        var axe = await page.RunAxe();
        Assert.Equal([], axe.Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download hls4ml.yml" }).ClickAsync());
        Assert.Contains("HLSConfig:", await File.ReadAllTextAsync((await download.PathAsync())!, Cancellation), StringComparison.Ordinal);
        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());
        Assert.StartsWith("target,value,lower,upper", await File.ReadAllTextAsync((await csv.PathAsync())!, Cancellation), StringComparison.Ordinal);

        await SendAsync(page, "attention.json", Unsupported);
        await page.GetByText("layer 1 'attention_1'").WaitForAsync();
        await SendAsync(page, "my_net.json", Own);
        await page.GetByLabel("Reuse factor of only").WaitForAsync();
        Assert.Contains("network=uploaded", page.Url, StringComparison.Ordinal);
        Assert.Equal([], visit.Errors);
    }

    /// <summary>
    /// Chooses designs of the table until the address tells of one: the first may be the chosen one already, and a button may go while it
    /// is clicked, because the table is drawn anew.
    /// </summary>
    private static async Task ChooseAnotherDesignAsync(IPage page)
    {
        var before = page.Url;
        var choices = page.GetByRole(AriaRole.Button, new() { Name = "choose", Exact = true, IncludeHidden = true });
        await choices.First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var next = 0;
        await Patience.UntilAsync("the address of another design", async () =>
        {
            if (page.Url == before && await choices.CountAsync() is var count and > 0)
            {
                await choices.Nth(next++ % count).EvaluateAllAsync<object?>("buttons => buttons.forEach(button => button.click())");
            }

            return page.Url != before;
        });
    }

    private static Task SendAsync(IPage page, string name, string text) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
}
