using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A person simulates a row on the power page.</summary>
public sealed class PowerPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_simulates_a_row_and_sees_what_it_carries_in_both_themes()
    {
        await using var visit = await Visit.OpenAsync(browser, ColorScheme.Light);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var feeder = await Feeder.StartAsync(database, "powered", TimeSpan.FromMinutes(1), Cancellation);
        var page = visit.Page;

        await visit.GoAsync(web.Address, "/power");
        await page.GetByText("No simulation yet").WaitForAsync();
        await page.GetByText("A dry run").WaitForAsync();
        await page.GetByLabel("Weeks").FillAsync("0.05");
        await page.GetByLabel("Runs per probability").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Policies side by side, 52 servers" }).WaitForAsync();
        Assert.Contains("job=", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "no cap" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Course under no cap" }).WaitForAsync();
        await page.Locator("canvas").Nth(2).WaitForAsync();
        await page.GetByText("T2", new() { Exact = false }).First.WaitForAsync();
        await Pictures.SaveAsync(page, "power-light");
        Assert.Equal([], visit.Errors);

        await using var night = await Visit.OpenAsync(browser, ColorScheme.Dark);
        await night.Page.GotoAsync(page.Url);
        await night.Page.Locator("canvas").Nth(2).WaitForAsync();
        await Pictures.SaveAsync(night.Page, "power-dark");
    }
}
