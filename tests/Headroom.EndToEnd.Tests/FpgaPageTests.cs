using System.Text.RegularExpressions;
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
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_person_sees_what_a_network_costs_explores_and_takes_the_configuration_along(ColorScheme scheme, int width)
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 1000 } });
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
        await Assertions.Expect(page.Locator(".fpga-wide select")).ToHaveValueAsync("pynq-z2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep to compare" }).ClickAsync();
        await page.GetByLabel("Reuse factor of fc1").SelectOptionAsync("64");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Comparison" }).WaitForAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("layers=fc1"), new() { Timeout = 60_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Explore" }).ClickAsync();
        await page.Locator("canvas").First.WaitForAsync();
        await page.GetByText("Data as a table").ClickAsync();

        // Every design of the front can be chosen, and is the chosen one when the address says so.
        var chosen = page.Locator("td button[aria-pressed=true]").Filter(new() { HasText = "chosen" });
        var others = page.Locator("td button[aria-pressed=false]").Filter(new() { HasText = "choose" });
        for (var choice = 0; choice < 3; choice++)
        {
            var name = await others.Nth(choice).GetAttributeAsync("aria-label");
            await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
            await chosen.And(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).WaitForAsync();
            Assert.Contains(ReuseOf(name!), page.Url, StringComparison.Ordinal);
        }

        await page.GetByText("Your own boards").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add board" }).ClickAsync();
        await page.GetByText("name: expected up to").WaitForAsync();
        Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width, "the page is wider than the screen");
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.WaitForTimeoutAsync(500);
            await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, $"fpga-{scheme}-{width}.png"), FullPage = true });
        }

        Assert.Equal([], await Axe.FindingsAsync(page));

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download hls4ml.yml" }).ClickAsync());
        Assert.Contains("HLSConfig:", await File.ReadAllTextAsync((await download.PathAsync())!, Cancellation), StringComparison.Ordinal);
        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());
        Assert.StartsWith("target,value,lower,upper", await File.ReadAllTextAsync((await csv.PathAsync())!, Cancellation), StringComparison.Ordinal);

        var designs = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download all designs as CSV" }).ClickAsync());
        Assert.StartsWith("precision,reuse_factor,strategy", await File.ReadAllTextAsync((await designs.PathAsync())!, Cancellation), StringComparison.Ordinal);

        var board = $"board-{scheme}-{width}".ToLowerInvariant();
        foreach (var (label, text) in new[] { ("Name", board), ("Part", "xcown"), ("LUTs", "90000"), ("Flip-flops", "180000"), ("DSP blocks", "300"), ("BRAM, 18 Kb blocks", "200"), ("Where the numbers come from", "counted by hand") })
        {
            await page.Locator(".fpga-own-fields").GetByLabel(label, new() { Exact = true }).FillAsync(text);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Add board" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = $"Utilisation of {board}" }).WaitForAsync();

        await SendAsync(page, "attention.json", Unsupported);
        await page.GetByText("layer 1 'attention_1'").WaitForAsync();
        await SendAsync(page, "my_net.json", Own);
        await page.GetByLabel("Reuse factor of only").WaitForAsync();
        Assert.Contains("network=uploaded", page.Url, StringComparison.Ordinal);
        Assert.Equal([], errors);
        await context.DisposeAsync();
    }

    /// <summary>"choose fixed&lt;8,3&gt;, reuse 4, Resource" is reuse=4 in the address.</summary>
    private static string ReuseOf(string name) => $"reuse={name.Split("reuse ")[1].Split(',')[0]}&";

    private static Task SendAsync(IPage page, string name, string text) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
}
