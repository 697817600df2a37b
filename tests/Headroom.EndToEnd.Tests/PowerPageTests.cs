using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A person simulates a row on the power page; a program does the same over HTTP.</summary>
public sealed class PowerPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_simulates_a_row_and_sees_what_it_carries_in_both_themes()
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var feeder = await Feeder.StartAsync(database, "powered", TimeSpan.FromMinutes(1), Cancellation);
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1440, Height = 1000 } });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };

        await page.GotoAsync(new Uri(web.Address, "/power").ToString());
        await page.GetByText("No simulation yet").WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByText("A dry run").WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByLabel("Weeks").FillAsync(Weeks);
        await page.GetByLabel("Runs per probability").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Policies side by side, 52 servers" }).WaitForAsync(new() { Timeout = 120_000 });
        Assert.Contains("job=", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "no cap" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Course under no cap" }).WaitForAsync(new() { Timeout = 20_000 });
        await page.Locator("canvas").Nth(2).WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByText("T2", new() { Exact = false }).First.WaitForAsync();
        await SaveAsync(page, "power-light");
        Assert.Equal([], errors);

        await using var dark = await browser.Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1440, Height = 1000 } });
        var night = await dark.NewPageAsync();
        await night.GotoAsync(page.Url);
        await night.Locator("canvas").Nth(2).WaitForAsync(new() { Timeout = 20_000 });
        await SaveAsync(night, "power-dark");
        await context.DisposeAsync();
    }

    [Fact]
    public async Task A_program_asks_for_a_simulation_follows_the_job_and_reads_the_answer()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        using var wrong = await client.PostAsJsonAsync("/api/v1/power/simulations", new { weeks = 99 }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("weeks: expected", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var accepted = await client.PostAsJsonAsync("/api/v1/power/simulations", new { weeks = 0.02, servers = 8, provisioned = 8, seeds = 1 }, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = accepted.Headers.Location!.ToString();
        for (var look = 0; look < 600; look++)
        {
            var state = (await client.GetFromJsonAsync<JsonElement>(job, Cancellation)).GetProperty("state").GetString();
            Assert.NotEqual("Failed", state);
            if (state == "Succeeded")
            {
                break;
            }

            await Task.Delay(200, Cancellation);
        }

        var answer = await client.GetFromJsonAsync<JsonElement>($"{job}/result", Cancellation);
        Assert.Equal(5, answer.GetProperty("policies").GetArrayLength());
        Assert.NotEmpty(answer.GetProperty("risks").EnumerateArray());
    }

    private const string Weeks = "0.05";

    /// <summary>Keeps a picture for a person to look at when a folder is named.</summary>
    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.WaitForTimeoutAsync(1500);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
