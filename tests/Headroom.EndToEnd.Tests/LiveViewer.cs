using System.Globalization;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>What a person does on the pages that show telemetry, and what they see there.</summary>
internal sealed class LiveViewer(IPage page)
{
    /// <summary>Points of a loaded machine that may come late before one comes in time.</summary>
    private const int PatiencePoints = 60;

    private const string Newest = "() => Number(document.querySelector('.chart-box[data-newest]')?.dataset.newest ?? 0)";

    /// <summary>True once the charts in sight show the range that the address asks for; then the links beside them are of that address too.</summary>
    private const string Drawn = """
        () => {
          const query = new URLSearchParams(location.search), range = query.get('range') ?? '15m';
          const length = parseInt(range) * { s: 1e3, m: 60e3, h: 3600e3, d: 86400e3 }[range.at(-1)];
          const asked = query.has('from') ? `${query.get('from')}-${query.get('to')}` : query.has('at') ? `${query.get('at') - length}-${query.get('at')}` : 'live';
          const charts = [...document.querySelectorAll('.chart-box[data-state]')].slice(0, 3);
          return charts.length === 3 && charts.every(chart => chart.dataset.state === 'ready' && chart.dataset.shown === asked);
        }
        """;

    private const string Content = "() => [...document.querySelectorAll('.chart-box[data-state]')].slice(0, 3).map(chart => `${chart.dataset.shown} ${chart.dataset.points}`).join(', ')";

    /// <summary>From Fleet to a host, or to the first there is.</summary>
    public async Task OpenHostAsync(Uri server, string? name = null)
    {
        await page.GotoAsync(new Uri(server, "/fleet").ToString());
        var hosts = page.Locator(".fleet-row a");
        await (name is null ? hosts : hosts.GetByText(name, new() { Exact = true })).First.ClickAsync();
        await AddressTellsAsync("/hosts/");
        await SeeChartsAsync();
    }

    /// <summary>The charts in sight are drawn.</summary>
    public async Task SeeChartsAsync() => await page.WaitForFunctionAsync(Drawn);

    /// <summary>A point arrives that is younger than an age when it is on screen.</summary>
    public async Task SeeAPointYoungerThanAsync(TimeSpan age)
    {
        var youngest = double.PositiveInfinity;
        var seen = await page.EvaluateAsync<double>(Newest);
        for (var points = 0; points < PatiencePoints && youngest > age.TotalMilliseconds; points++)
        {
            await page.WaitForFunctionAsync($"before => ({Newest})() > before", seen);
            seen = await page.EvaluateAsync<double>(Newest);
            youngest = Math.Min(youngest, await page.EvaluateAsync<double>("at => Date.now() - at", seen));
        }

        Assert.InRange(youngest, 0, age.TotalMilliseconds);
    }

    /// <summary>Holds the charts: points that arrive meanwhile do not move them.</summary>
    public async Task PauseAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await AddressTellsAsync("at=");
        await SeeChartsAsync();
        var held = await page.EvaluateAsync<string>(Content);
        await page.WaitForTimeoutAsync(2_500);
        Assert.Equal(held, await page.EvaluateAsync<string>(Content));
    }

    /// <summary>Chooses a quick range, such as <c>5m</c>.</summary>
    public async Task ChooseAsync(string range)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = $"Last {range}", Exact = true }).ClickAsync();
        await AddressTellsAsync($"range={range}");
        await SeeChartsAsync();
    }

    /// <summary>Types a range of one's own.</summary>
    public async Task ChooseAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await page.Locator(".range-custom summary").ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync(await LocalAsync(from));
        await page.GetByLabel("To", new() { Exact = true }).FillAsync(await LocalAsync(to));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show this range" }).ClickAsync();
        await AddressTellsAsync(string.Create(CultureInfo.InvariantCulture, $"from={from.ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}"));
        await SeeChartsAsync();
    }

    /// <summary>Adds the period before to the charts.</summary>
    public async Task CompareAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await AddressTellsAsync("compare=previous");
        await SeeChartsAsync();
        await page.Locator(".legend-value").GetByText("(before:").First.WaitForAsync();
    }

    /// <summary>How many gaps the first chart shows.</summary>
    public async Task SeeGapsAsync(int count) =>
        await page.WaitForFunctionAsync("count => document.querySelector('.chart-box[data-gaps]')?.dataset.gaps === String(count)", count);

    /// <summary>Loads the address anew and finds what was there before.</summary>
    public async Task ReloadAndFindTheSameViewAsync()
    {
        var before = await ViewAsync();
        await page.ReloadAsync();
        Assert.Equal(before, await ViewAsync());
    }

    private async Task<string> ViewAsync()
    {
        await SeeChartsAsync();
        var live = await page.Locator(".range-live").InnerTextAsync();
        var range = await page.Locator(".range-picker .button-current").InnerTextAsync();
        return $"{page.Url}; {live}; {range}; {await page.EvaluateAsync<string>(Content)}";
    }

    // The page changes its address without a navigation that could be waited for.
    private async Task AddressTellsAsync(string part) => await page.WaitForFunctionAsync("part => location.href.includes(part)", part);

    private Task<string> LocalAsync(DateTimeOffset at) => page.EvaluateAsync<string>(
        "unix => new Date(unix - new Date(unix).getTimezoneOffset() * 60000).toISOString().slice(0, 19)", at.ToUnixTimeMilliseconds());
}
