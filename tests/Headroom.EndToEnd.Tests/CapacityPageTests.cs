using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Oversubscription.Recommendations;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A person reads the advice for two hosts, one of them full by interference, and thinks a change through; a program reads the same over HTTP.</summary>
public sealed class CapacityPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_what_a_host_may_promise_why_and_what_would_change_it()
    {
        _ = browser.Browser;
        await MadeUpAdvice.AddAsync(database, "early-host", [], Cancellation);
        await MadeUpAdvice.AddAsync(database, "full-host", [new PerformancePromise("vm-0", 0.72, 0.61, 0.9) { Upper = 0.83, Level = 0.9, Key = "vm/0", Model = "cloudformer/1" }], Cancellation);
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

        await page.GotoAsync(new Uri(web.Address, "/capacity").ToString());
        await page.GetByText("early:").First.WaitForAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "early-host" }).ClickAsync();
        await page.GetByText("of history: ").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.Locator("canvas").Nth(1).WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Heading, new() { Name = "Ledger of early-host" }).WaitForAsync(new() { Timeout = 20_000 });
        await Pictures.SaveAsync(page, $"capacity-{scheme}-{width}");

        await page.GetByRole(AriaRole.Link, new() { Name = "full-host" }).ClickAsync();
        await page.GetByText("The host is full: vm-0 is predicted to run at 72 %").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByText("Moving vm-").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Region, new() { Name = "Predicted performance" }).GetByText("broken").WaitForAsync(new() { Timeout = 20_000 });
        await Pictures.SaveAsync(page, $"capacity-full-{scheme}-{width}");

        await page.GetByLabel("Add machines").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Work it out" }).ClickAsync();
        await page.Locator(".whatif-answer, .whatif-failure").First.WaitForAsync(new() { Timeout = 30_000 });
        Assert.Contains("All 2 fit.", await page.Locator(".whatif-answer, .whatif-failure").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"));
        Assert.Equal([], errors);
    }

    [Fact]
    public async Task A_program_reads_the_advice_and_makes_it_again_from_its_snapshot()
    {
        await MadeUpAdvice.AddAsync(database, "replayed-host", [], Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/recommendations", Cancellation);
        var host = answer.GetProperty("hosts").EnumerateArray().Single(host => host.GetProperty("recommendation").GetProperty("host").GetString() == "replayed-host");
        var cpu = host.GetProperty("recommendation").GetProperty("resources")[0];
        Assert.Equal("fresh", host.GetProperty("state").GetString());
        Assert.True(cpu.GetProperty("earlyMargin").GetDouble() > 0);
        Assert.NotEmpty(cpu.GetProperty("reasons").EnumerateArray());
        Assert.NotEmpty(cpu.GetProperty("wouldChange").EnumerateArray());
        Assert.NotEmpty(cpu.GetProperty("forecast").GetProperty("backtest").EnumerateArray());

        await using var zip = await client.GetStreamAsync(host.GetProperty("snapshot").GetString()!, Cancellation);
        using var file = new MemoryStream();
        await zip.CopyToAsync(file, Cancellation);
        file.Position = 0;
        Assert.Null(RecommendationSnapshot.FromZip(file).Differs(Cancellation));
    }
}
