using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A person replays a trace of their own in the backtest lab; a program does the same over HTTP.</summary>
public sealed class BacktestPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_replays_their_own_trace_and_sees_who_lies_on_the_pareto_line()
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await VisitAsync(web, ColorScheme.Light, 1440);
        await VisitAsync(web, ColorScheme.Dark, 1440);
        await VisitAsync(web, ColorScheme.Light, 390);
    }

    private async Task VisitAsync(WebProgram web, ColorScheme scheme, int width)
    {
        await using var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 1000 } });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(new Uri(web.Address, "/backtests").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Earlier backtests" }).WaitForAsync(new() { Timeout = 30_000 });
        await page.GetByText("Pick a trace above").Or(page.Locator(".lab-jobs li")).First.WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByLabel("Trace").SelectOptionAsync("csv");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "expected the text of a CSV file" }).WaitForAsync(new() { Timeout = 20_000 });

        await page.GetByLabel("File: host").SetInputFilesAsync(new FilePayload { Name = "own.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Csv()) });
        await page.GetByText("own.csv is read").WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "csv, CPU" }).WaitForAsync(new() { Timeout = 120_000 });
        Assert.Contains("job=", page.Url, StringComparison.Ordinal);
        await page.Locator("canvas").Nth(1).WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Region, new() { Name = "Rules" }).GetByText("headroom").WaitForAsync(new() { Timeout = 20_000 });
        await page.Locator(".lab-jobs").GetByText("succeeded").First.WaitForAsync(new() { Timeout = 20_000 });
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.WaitForTimeoutAsync(1500);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"backtest-{scheme}-{width}.png"), FullPage = true });
        }

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"));
        Assert.Equal([], errors);
    }

    [Fact]
    public async Task A_program_starts_a_replay_follows_it_and_reads_every_rules_outcome()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        using var wrong = await client.PostAsJsonAsync("/api/v1/backtests", new { trace = "planetlab", risk = 0.9 }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("risk: expected", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var accepted = await client.PostAsJsonAsync("/api/v1/backtests", new { trace = "csv", csv = Csv(), predictors = new[] { "n-sigma", "max" } }, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = accepted.Headers.Location!.ToString();
        string? state;
        do
        {
            await Task.Delay(200, Cancellation);
            state = (await client.GetFromJsonAsync<JsonElement>(job, Cancellation)).GetProperty("state").GetString();
        }
        while (state is not ("Succeeded" or "Failed"));

        Assert.Equal("Succeeded", state);
        var answer = await client.GetFromJsonAsync<JsonElement>($"{job}/result", Cancellation);
        Assert.Equal(["n-sigma", "max"], answer.GetProperty("predictors").EnumerateArray().Select(line => line.GetProperty("predictor").GetString()));
    }

    private static string Csv()
    {
        var text = new StringBuilder("host,vm,t_unix,requested,used\n");
        var random = new Random(5);
        for (var window = 0; window < 200; window++)
        {
            for (var vm = 0; vm < 4; vm++)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"host-{vm % 2},{vm},{window * 300},4,{1 + (0.4 * Math.Sin((window + (20 * vm)) / 15.0)) + (0.3 * random.NextDouble()):0.000}");
            }
        }

        return text.ToString();
    }
}
