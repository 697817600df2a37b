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
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 1000 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(new Uri(web.Address, "/fpga").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Prediction" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep to compare" }).ClickAsync();
        await page.GetByLabel("Reuse factor of fc1").SelectOptionAsync("64");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Comparison" }).WaitForAsync();
        await page.WaitForURLAsync("**layers=fc1*");

        await page.GetByRole(AriaRole.Button, new() { Name = "Explore" }).ClickAsync();
        await page.Locator("canvas").First.WaitForAsync();
        await page.GetByText("Data as a table").ClickAsync();
        var before = page.Url;
        // The table is drawn anew when the sweep ends, and its first point may be the chosen one already: another is tried until the address tells of it.
        var choices = page.GetByRole(AriaRole.Button, new() { Name = "choose", Exact = true });
        for (var attempt = 0; page.Url == before && attempt < 60; attempt++)
        {
            await choices.Nth(attempt % await choices.CountAsync()).ClickAsync();
            await page.WaitForTimeoutAsync(1_000);
        }

        Assert.NotEqual(before, page.Url);
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.WaitForTimeoutAsync(500);
            await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, $"fpga-{scheme}.png"), FullPage = true });
        }

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
        Assert.Equal([], errors);
        await context.DisposeAsync();
    }

    private static Task SendAsync(IPage page, string name, string text) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
}
