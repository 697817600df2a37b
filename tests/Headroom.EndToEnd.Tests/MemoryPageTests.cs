using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The memory page in a real browser: a plan is there at once, a pasted model changes it, a bad one is explained.</summary>
public sealed class MemoryPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_pastes_a_model_and_sees_where_it_lives_and_what_limits(ColorScheme scheme)
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 1000 } });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(new Uri(web.Address, "/memory?model=qwen2.5-7b").ToString());
        await page.Locator("canvas").Nth(2).WaitForAsync(new() { Timeout = 30_000 });
        await page.GetByText("phase limits").First.WaitForAsync(new() { Timeout = 20_000 });

        await page.GetByText("paste your own").ClickAsync();
        await page.GetByLabel("config.json", new() { Exact = true }).FillAsync("{\"hidden_size\": 64}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await page.GetByText("expected a whole number under vocab_size").WaitForAsync(new() { Timeout = 20_000 });
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.GetByLabel("Model").SelectOptionAsync("lfm2.5-8b-a1b");
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
            await page.Locator("canvas").Nth(2).WaitForAsync(new() { Timeout = 30_000 });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"memory-{scheme}.png"), FullPage = true });
        }

        Assert.Equal([], errors);
        await context.DisposeAsync();
    }
}
