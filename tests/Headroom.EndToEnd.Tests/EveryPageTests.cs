using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>Every page that the navigation leads to, and those behind it, in both themes and on a phone: nothing fails, nobody is shut out, nothing sticks out.</summary>
public sealed class EveryPageTests(DemoFleet fleet, BrowserSession browser) : IClassFixture<DemoFleet>
{
    /// <summary>Pages that no entry of the navigation names, by the address that leads there.</summary>
    private static readonly (string From, string Link)[] Behind =
    [
        ("/fleet", ".fleet-row a"),
        ("/hosts/", "a[href*='/workloads/']"),
        ("/memory", "a[href^='/memory/hosts']"),
        ("/memory", "a[href^='/memory/offload']"),
    ];

    /// <summary>True once the circuit is up, which also sets the title, and nothing is being loaded any more.</summary>
    private const string Settled = "() => document.title && document.querySelector('h1') && !document.querySelector('[aria-busy=true]')";

    /// <summary>What is wider than the window and cannot be scrolled within its own box.</summary>
    private const string SticksOut = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
          .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.parentElement.closest('.table-wrap, [data-scrolls]'))
          .slice(0, 5).map(element => `${element.tagName.toLowerCase()}.${element.className}`)
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_page_is_whole_for_everybody(ColorScheme scheme, int width)
    {
        await using var visit = await Visit.OpenAsync(browser, scheme, width);
        var findings = new List<string>();
        foreach (var path in await PathsAsync(visit))
        {
            await OpenAsync(visit, path);
            findings.AddRange(await Axe.FindingsAsync(visit.Page, seriousOnly: true));
            findings.AddRange((await visit.Page.EvaluateAsync<string[]>(SticksOut)).Select(element => $"{path}: {element} is wider than {width} px"));
            findings.AddRange((await visit.Page.Locator(".load-failure").AllInnerTextsAsync()).Select(failure => $"{path}: {failure}"));
            await Pictures.SaveAsync(visit.Page, $"page{path.Replace('/', '-')}-{scheme}-{width}");
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings.Append(fleet.LastLines)));
        Assert.Equal([], visit.Errors);
    }

    private async Task<List<string>> PathsAsync(Visit visit)
    {
        await OpenAsync(visit, "/fleet");
        var paths = (await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#navigation a')].map(link => link.getAttribute('href'))")).ToList();
        foreach (var (from, link) in Behind)
        {
            await OpenAsync(visit, paths.Last(path => path.StartsWith(from, StringComparison.Ordinal)));
            var found = visit.Page.Locator(link).First;
            await found.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            paths.Add((await found.GetAttributeAsync("href"))!);
        }

        return paths;
    }

    private async Task OpenAsync(Visit visit, string path)
    {
        await visit.GoAsync(fleet.Address, path);
        await visit.Page.WaitForFunctionAsync(Settled);
    }
}
