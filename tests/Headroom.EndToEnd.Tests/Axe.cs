using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>What stands in the way of people who see, hear or point differently, by axe.</summary>
internal static class Axe
{
    /// <summary>Every finding of a page, a line each; with <paramref name="seriousOnly"/> those that shut somebody out.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page, bool seriousOnly = false)
    {
        var result = await page.RunAxe();
        return [.. result.Violations.Where(violation => !seriousOnly || violation.Impact is "serious" or "critical").Select(Line)];

        string Line(AxeResultItem violation) =>
            $"{new Uri(page.Url).AbsolutePath}: {violation.Id}, {violation.Help}: {string.Join(" | ", violation.Nodes.Take(5).Select(node => node.Html))}";
    }
}
