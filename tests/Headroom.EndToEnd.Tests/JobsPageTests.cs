using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>Long work as a person follows it.</summary>
public sealed class JobsPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_finds_a_waiting_job_reads_what_was_asked_and_cancels_it(ColorScheme scheme)
    {
        _ = browser.Browser;
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        var store = services.GetRequiredService<WorkStore>();
        await using var web = await WebProgram.StartAsync(database.ConnectionString, cancellation);
        var id = await store.AddAsync($"backtest-{scheme}", """{"trace":"planetlab","risk":0.01}""", "a person", cancellation);

        await using var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(web.Address, "/jobs").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = $"backtest-{scheme}" }).ClickAsync();
        await page.GetByText("planetlab").WaitForAsync();
        await SaveAsync(page, $"job-{scheme}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByText("cancelled").First.WaitForAsync();
        Assert.Equal(WorkState.Cancelled, (await store.FindAsync(id, cancellation))!.State);

        await page.GotoAsync(new Uri(web.Address, "/jobs").ToString());
        // The list is there once the page can be spoken to.
        await page.GetByRole(AriaRole.Link, new() { Name = $"backtest-{scheme}" }).WaitForAsync();
        await page.GetByLabel("State").SelectOptionAsync("Cancelled");
        await page.WaitForURLAsync("**/jobs?state=Cancelled", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByRole(AriaRole.Link, new() { Name = $"backtest-{scheme}" }).WaitForAsync();
        await SaveAsync(page, $"jobs-{scheme}");
    }

    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
