using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Headroom.Storage;
using Headroom.Storage.Capacity;
using Headroom.Storage.Model;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>A person reads the advice for two hosts, one of them full by interference, and thinks a change through; a program reads the same over HTTP.</summary>
public sealed class CapacityPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const int WindowSeconds = 60;
    private const int Windows = 90;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_what_a_host_may_promise_why_and_what_would_change_it()
    {
        _ = browser.Browser;
        await AdviseAsync("early-host", []);
        await AdviseAsync("full-host", [new PerformancePromise("vm-0", 0.72, 0.61, 0.9) { Upper = 0.83, Level = 0.9, Key = "vm/0", Model = "cloudformer/1" }]);
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
        await SaveAsync(page, $"capacity-{scheme}-{width}");

        await page.GetByRole(AriaRole.Link, new() { Name = "full-host" }).ClickAsync();
        await page.GetByText("The host is full: vm-0 is predicted to run at 72 %").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByText("Moving vm-").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Region, new() { Name = "Predicted performance" }).GetByText("broken").WaitForAsync(new() { Timeout = 20_000 });
        await SaveAsync(page, $"capacity-full-{scheme}-{width}");

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
        await AdviseAsync("replayed-host", []);
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

    /// <summary>Advice made from a made-up past of ninety minutes and written into the ledger, as the job does.</summary>
    private async Task AdviseAsync(string name, IReadOnlyList<PerformancePromise> promises)
    {
        var agent = await database.AddAgentAsync(name, Cancellation);
        var now = TimeProvider.System.GetUtcNow();
        var inputs = new RecommendationInputs(
            agent.HostId, name, now, WindowSeconds, Windows, 0, [Past(Resource.Cpu, 16), Past(Resource.Memory, 64)], promises, RecommendationSettings.Default);
        var recommendation = HostAdvisor.Recommend(inputs, Cancellation);
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        await services.GetRequiredService<CapacityLedger>().AddAsync(
            new CapacityAdviceRow
            {
                AdviceId = Guid.NewGuid(),
                HostId = agent.HostId,
                MadeAt = now,
                ExpiresAt = now + TimeSpan.FromHours(1),
                IsCold = false,
                Risk = recommendation.Risk,
                Recommendation = RecommendationSnapshot.Text(recommendation),
                Snapshot = new RecommendationSnapshot(inputs, recommendation).ToZip(),
            },
            Cancellation);
    }

    private static ResourcePast Past(Resource resource, double capacity)
    {
        var random = new Random(7);
        var workloads = Enumerable.Range(0, 3).Select(index => new WorkloadUse(
            $"vm/{index}", $"vm-{index}", capacity / 4, 0,
            [.. Enumerable.Range(0, Windows).Select(window => (float)(capacity / 20 * (1 + (0.3 * Math.Sin(window / 9.0)) + (0.2 * random.NextDouble()))))]));
        return new ResourcePast(resource, capacity, [.. workloads, new WorkloadUse("", WorkloadUse.Rest, null, 0, [.. Enumerable.Repeat((float)(capacity / 50), Windows)])], []);
    }

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
