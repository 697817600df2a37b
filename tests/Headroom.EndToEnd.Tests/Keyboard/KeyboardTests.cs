using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests.Keyboard;

/// <summary>The main path of the product with keys alone; the mouse is never touched.</summary>
public sealed class KeyboardTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const string Host = "keyed-host";
    private const string Rule = "Memory of the keyed host";

    private static readonly (string Opens, string Dialog)[] Dialogs = [("Control+k", "palette"), ("?", "keyboard-map"), ("v", "views")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_goes_the_main_path_with_keys_alone_and_always_sees_where_the_focus_is(ColorScheme scheme)
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(
            database.ConnectionString,
            new Dictionary<string, string> { ["Headroom__Interference__WindowSeconds"] = "2", ["Headroom__Interference__SettleSeconds"] = "1" },
            Cancellation);
        var host = $"{Host}-{scheme}";
        await using var feeder = await ReplayFeeder.StartAsync(database, host, RecordedRun.Beside(2), TimeSpan.FromSeconds(10), Cancellation);
        await MadeUpAdvice.AddAsync(database, feeder.HostId, host, [], Cancellation);
        await using var visit = await Visit.OpenAsync(browser, scheme);
        var keys = new Keys(visit.Page);
        await visit.GoAsync(web.Address, "/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = host }).WaitForAsync();

        await SkipsTheNavigationAsync(keys);
        await ReadsAPredictionAndItsReasonsAsync(visit.Page, keys, host, await feeder.TargetNameAsync(Cancellation));
        await OpensAndClosesDialogsAndMenusAsync(visit.Page, keys);
        await ReadsTheAdviceAsync(visit.Page, keys, host);
        await KeepsARuleAsync(visit.Page, keys, $"{Rule} {scheme}");
        await LooksAtTheJobsAsync(keys);
        Assert.Equal([], visit.Errors);
    }

    private static async Task SkipsTheNavigationAsync(Keys keys)
    {
        await keys.PressAsync("Tab");
        Assert.Equal("Skip to the content", (await keys.SeenAsync()).Name);
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Fleet");
    }

    private static async Task ReadsAPredictionAndItsReasonsAsync(IPage page, Keys keys, string host, string workload)
    {
        await keys.TabToAsync("a", host);
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", host);
        await keys.TabToAsync("a", "Skip the charts");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h2", "Workloads");
        await keys.TabToAsync("a", workload);
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", workload);
        await page.GetByRole(AriaRole.Link, new() { Name = "Why, and what if" }).WaitForAsync();
        await keys.TabToAsync("a", "Why, and what if");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Interference");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Why", Exact = true }).WaitForAsync();
        await keys.TabToAsync("summary", "Metric by metric");
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Region, new() { Name = "Metric by metric" }).GetByText("all other metrics").WaitForAsync();
        await keys.TabToAsync("input", ""); // The tick that moves the first neighbour away.
        await keys.PressAsync("Space");
        await page.GetByText("instead of").WaitForAsync();
        await keys.SeenAsync();
    }

    private static async Task OpensAndClosesDialogsAndMenusAsync(IPage page, Keys keys)
    {
        foreach (var (opens, dialog) in Dialogs)
        {
            var before = await keys.SeenAsync();
            await keys.PressAsync(opens);
            await page.Locator($"#{dialog}[open] :focus").WaitForAsync();
            await keys.SeenAsync();
            await keys.PressAsync("Escape");
            await page.Locator($"#{dialog}").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            Assert.Equal(before, await keys.SeenAsync());
        }

        await keys.TabToAsync("summary", "Take away", "Shift+Tab");
        await keys.PressAsync("Enter", "Tab");
        Assert.Equal("Copy the API call", (await keys.SeenAsync()).Name);
        await keys.PressAsync("Escape");
        await keys.ArrivesAtAsync("summary", "Take away");
        await page.GetByText("Copy the API call").First.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    private static async Task ReadsTheAdviceAsync(IPage page, Keys keys, string host)
    {
        await keys.PressAsync("Control+k");
        await keys.ArrivesAtAsync("input", "Find a page");
        await keys.TypeAsync("capacity");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Capacity");
        await page.GetByRole(AriaRole.Link, new() { Name = host }).WaitForAsync();
        await keys.TabToAsync("a", host);
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = host, Exact = true }).WaitForAsync();
        await keys.TabToAsync("summary", "How every rule did");
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Region, new() { Name = "Rules on this host's past" }).First.GetByText("(taken)").WaitForAsync();
    }

    private static async Task KeepsARuleAsync(IPage page, Keys keys, string rule)
    {
        await keys.PressAsync("Control+k");
        await keys.ArrivesAtAsync("input", "Find a page");
        await keys.TypeAsync("page alerts");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Alerts");
        await keys.TabToAsync("a", "Rules");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Alert rules");
        await keys.TabToAsync("a", "New rule");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "New alert rule");
        await page.GetByLabel("Name").WaitForAsync();
        await keys.TabToAsync("input", "Name");
        await keys.TypeAsync(rule);
        await keys.TabToAsync("select", "Severity");
        await keys.PressAsync("ArrowDown");
        await keys.TabToAsync("button", "Try it on the last");
        await keys.PressAsync("Enter");
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Would have" }).Or(page.GetByText("Nothing was measured in that time")).First.WaitForAsync();
        await keys.TabToAsync("button", "Keep the rule");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Alert rules");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = rule });
        await row.GetByText("critical").WaitForAsync();
    }

    private static async Task LooksAtTheJobsAsync(Keys keys)
    {
        await keys.TabToAsync("a", "Jobs", "Shift+Tab");
        await keys.PressAsync("Enter");
        await keys.ArrivesAtAsync("h1", "Jobs");
        await keys.TabToAsync("input", "Search");
    }
}
