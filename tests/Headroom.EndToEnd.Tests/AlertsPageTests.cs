using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A person writes a rule, tries it on the past, is told when it fires, silences it, and sees it end.</summary>
public sealed class AlertsPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const string Rule = "Memory of the fed host";
    private const string Host = "fed-host";

    private static readonly (ColorScheme Scheme, int Width)[] Looks = [(ColorScheme.Light, 1440), (ColorScheme.Dark, 1440), (ColorScheme.Light, 390), (ColorScheme.Dark, 390)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_tried_on_the_past_fires_from_fed_data_is_silenced_and_ends()
    {
        await using var visit = await Visit.OpenAsync(browser);
        await using var receiver = await HttpReceiver.StartAsync();
        await using var feeder = await AlertFeeder.StartAsync(database, Host, [.. Past()], Cancellation);
        await using var web = await WebProgram.StartAsync(
            database.ConnectionString, new Dictionary<string, string> { ["Headroom__Jobs__PollSeconds"] = "1" }, Cancellation);
        var page = visit.Page;

        await AddChannelAsync(page, web, receiver);
        await WriteRuleAsync(page, web);
        feeder.Memory = 0.97f;
        await visit.GoAsync(web.Address, "/alerts");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Rule });
        await row.GetByText("firing").WaitForAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByText("1", new() { Exact = true }).WaitForAsync();
        await Patience.UntilAsync("the message that it fires", () => Task.FromResult(receiver.Received.Any(sent => sent.Body.Contains($"[firing] host {Host}: {Rule}", StringComparison.Ordinal))));
        await SilenceAsync(page);
        await row.GetByText("silenced").WaitForAsync();
        await LookAsync(web, "now", "/alerts", page => page.GetByText("silenced").First);

        feeder.Memory = 0.2f;
        await visit.GoAsync(web.Address, "/alerts/history");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = Rule }).GetByText("the signal is quiet again").WaitForAsync();
        await visit.GoAsync(web.Address, "/alerts/deliveries");
        await page.GetByText("muted").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"[firing] host {Host}" }).ClickAsync();
        await page.GetByText("delivered, after").WaitForAsync();
        Assert.DoesNotContain(receiver.Received, sent => sent.Body.Contains("[resolved]", StringComparison.Ordinal));

        await LookAsync(web, "history", "/alerts/history", page => page.GetByText("the signal is quiet again").First);
        await LookAsync(web, "rules", "/alerts/rules", page => page.GetByText(Rule).First);
        await LookAsync(web, "rule", "/alerts/rules/new", page => page.GetByText("Keep the rule").First, TryAsync);
        await LookAsync(web, "silences", "/alerts/silences", page => page.GetByText("kernel update").First);
        await LookAsync(web, "channels", "/alerts/channels", page => page.GetByText("night shift").First);
        await LookAsync(web, "deliveries", "/alerts/deliveries", page => page.GetByText("delivered").First);
        Assert.Equal([], visit.Errors);
    }

    // Two hours: calm, a rise of five minutes that stays in the band for a while, calm, and another.
    private static IEnumerable<float> Past() => Enumerable.Range(0, 120).Select(minute => minute switch
    {
        >= 30 and < 35 => 0.95f,
        >= 35 and < 50 => 0.85f,
        >= 80 and < 90 => 0.99f,
        _ => 0.5f + (0.1f * MathF.Sin(minute / 5f)),
    });

    private static async Task AddChannelAsync(IPage page, WebProgram web, HttpReceiver receiver)
    {
        await page.GotoAsync(new Uri(web.Address, "/alerts/channels").ToString());
        await page.GetByText("Nobody is told yet").WaitForAsync();
        await Patience.RepeatUntilAsync("the form", () => page.GetByRole(AriaRole.Button, new() { Name = "New channel" }).ClickAsync(), async () => await page.GetByLabel("Name").CountAsync() > 0);
        await page.GetByLabel("Name").FillAsync("night shift");
        await page.GetByLabel("Address that the JSON").FillAsync("http://169.254.169.254/");
        await page.GetByLabel("Key of the signature").FillAsync("a secret of sixteen or more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the channel" }).ClickAsync();
        await page.GetByText("target: expected an address outside 169.254.0.0/16").WaitForAsync();
        await page.GetByLabel("Address that the JSON").FillAsync(receiver.Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the channel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test message to night shift" }).ClickAsync();
        await page.GetByText("The test message to night shift was taken.").WaitForAsync();
        Assert.Contains(receiver.Received, sent => sent.Body.Contains("\"status\":\"test\"", StringComparison.Ordinal) && sent.Headers.ContainsKey("X-Headroom-Signature"));
    }

    private static async Task WriteRuleAsync(IPage page, WebProgram web)
    {
        await page.GotoAsync(new Uri(web.Address, "/alerts/rules/new").ToString());
        await page.GetByLabel("Name").FillAsync(Rule);
        await page.GetByLabel("For at least, s").FillAsync("60");
        await page.GetByLabel("Hosts").FillAsync("fed-*");
        await TryAsync(page);
        await page.GetByText("Would have fired 2 times in the last 7 days on the one subject there is.").WaitForAsync();
        await page.Locator("canvas").First.WaitForAsync();
        await page.GetByLabel("Over again at, %").FillAsync("95");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the rule" }).ClickAsync();
        await page.GetByText("clearThreshold: expected a number at or below the threshold 0.9, got 0.95").WaitForAsync();
        await page.GetByLabel("Over again at, %").FillAsync("80");
        await page.GetByLabel("For at least, s").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the rule" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Rule }).WaitForAsync();
    }

    private static async Task TryAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it on the last 7 days" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Would have fired" }).WaitForAsync();
    }

    private static async Task SilenceAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Silence {Rule} on {Host}" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("kernel update");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the silence" }).ClickAsync();
    }

    /// <summary>Looks at a page in both themes, wide and narrow: it fits, has no finding of axe, and throws nothing.</summary>
    private async Task LookAsync(WebProgram web, string name, string path, Func<IPage, ILocator> isThere, Func<IPage, Task>? act = null)
    {
        foreach (var (scheme, width) in Looks)
        {
            await using var visit = await Visit.OpenAsync(browser, scheme, width);
            await visit.GoAsync(web.Address, path);
            await isThere(visit.Page).WaitForAsync();
            await (act?.Invoke(visit.Page) ?? Task.CompletedTask);
            await Pictures.SaveAsync(visit.Page, $"alerts-{name}-{scheme}-{width}");
            Assert.True(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width, $"{path} is wider than {width}");
            Assert.Equal([], await Axe.FindingsAsync(visit.Page));
            Assert.Equal([], visit.Errors);
        }
    }
}
