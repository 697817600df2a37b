using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The memory pages in a real browser: a plan is there at once, a pasted model changes it, a bad one is explained; running hosts, what-ifs, offload.</summary>
public sealed class MemoryPageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private readonly List<string> _errors = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_pastes_a_model_and_sees_where_it_lives_and_what_limits(ColorScheme scheme)
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var page = await OpenAsync(scheme);

        await page.GotoAsync(new Uri(web.Address, "/memory?model=qwen2.5-7b").ToString());
        await page.Locator("canvas").Nth(2).WaitForAsync();
        await page.GetByText("phase limits").First.WaitForAsync();

        // A number opens into its formula.
        await page.GetByText("how", new() { Exact = true }).First.ClickAsync();
        await page.GetByText("a phase lasts as long as the slowest of its parts").First.WaitForAsync();

        // An option of the catalogue changes the waterfall and prices a way out.
        await page.GetByLabel("Optimizer").Last.SelectOptionAsync("8-bit Adam");
        await page.GetByRole(AriaRole.Cell, new() { Name = "compress", Exact = true }).WaitForAsync();

        await page.GetByText("paste your own").ClickAsync();
        await page.GetByLabel("config.json", new() { Exact = true }).FillAsync("{\"hidden_size\": 64}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await page.GetByText("expected a whole number under vocab_size").WaitForAsync();
        if (Pictures.AreWanted)
        {
            await page.GetByLabel("Model").SelectOptionAsync("lfm2.5-8b-a1b");
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
            await page.Locator("canvas").Nth(3).WaitForAsync();
            await Pictures.SaveAsync(page, $"memory-{scheme}");
        }

        Assert.Equal([], _errors);
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_sees_what_could_move_on_a_running_host_and_plans_on_that_host(ColorScheme scheme)
    {
        _ = browser.Browser;
        await using var feeder = await MemoryFeeder.StartAsync(database, $"memory-{scheme}", Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var page = await OpenAsync(scheme);

        await page.GotoAsync(new Uri(web.Address, $"/memory/hosts?host={feeder.HostId}").ToString());
        await page.GetByText("could move to node1").First.WaitForAsync();
        await page.GetByText("Why database").ClickAsync();
        await page.GetByText("inactive in 95 % of windows").First.WaitForAsync();
        await page.GetByText("pressure", new() { Exact = true }).First.WaitForAsync();
        await Pictures.SaveAsync(page, $"memory-hosts-{scheme}");

        await page.GotoAsync(new Uri(web.Address, $"/memory?host={feeder.HostId}&model=qwen2.5-7b&context=4096").ToString());
        await page.GetByText("nvme0n1").First.WaitForAsync();
        Assert.Equal([], _errors);
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_person_switches_fixes_chunks_and_stages(ColorScheme scheme, int width)
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var page = await OpenAsync(scheme, width);

        await page.GotoAsync(new Uri(web.Address, "/memory/offload").ToString());
        await page.Locator("canvas").Nth(2).WaitForAsync();
        var verdict = page.Locator(".offload-verdict");
        var before = await verdict.InnerTextAsync();
        await page.GetByLabel("fused overflow check").UncheckAsync();
        await Assertions.Expect(verdict).Not.ToHaveTextAsync(before, new() { Timeout = (float)Patience.Limit.TotalMilliseconds });

        await page.GetByLabel("Stages").FillAsync("64");
        await page.GetByLabel("Stages").BlurAsync();
        await page.GetByText("stages").Last.WaitForAsync();
        await page.GetByText("Expected 1 to").First.WaitForAsync();
        await page.GetByLabel("Stages").FillAsync("4");
        await page.GetByLabel("Stages").BlurAsync();
        await page.GetByText("First layer of each stage").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth + 1"), "the page is wider than its window");
        await Pictures.SaveAsync(page, $"memory-offload-{width}");
        Assert.Equal([], _errors);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task The_plan_and_the_hosts_fit_a_narrow_window()
    {
        _ = browser.Browser;
        await using var feeder = await MemoryFeeder.StartAsync(database, "memory-narrow", Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var page = await OpenAsync(ColorScheme.Light, 390);
        foreach (var (path, name) in new[] { ("/memory", "memory-390"), ($"/memory/hosts?host={feeder.HostId}", "memory-hosts-390") })
        {
            await page.GotoAsync(new Uri(web.Address, path).ToString());
            await page.Locator("canvas").First.WaitForAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth + 1"), $"{path} is wider than its window");
            await Pictures.SaveAsync(page, name);
        }

        Assert.Equal([], _errors);
        await page.Context.DisposeAsync();
    }

    private async Task<IPage> OpenAsync(ColorScheme scheme, int width = 1440)
    {
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 1000 } });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _errors.Add(error);
        return page;
    }
}
