using Headroom.Cli.Commands.Docs;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Cli.Tests;

public sealed class MetricsPageTests
{
    [Fact]
    public void The_checked_in_page_is_the_one_that_the_catalogue_gives()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Platform.sln")))
        {
            root = root.Parent;
        }

        Assert.SkipWhen(root is null, "the tests do not run from a checkout");
        Assert.True(
            MetricsPage.Render(MetricCatalogue.Current) == File.ReadAllText(Path.Combine(root!.FullName, MetricsPage.Path)),
            "docs/metrics.md is not up to date: run 'headroom docs metrics' in the checkout and commit the page");
    }

    [Fact]
    public void Every_metric_is_on_the_page()
    {
        var page = MetricsPage.Render(MetricCatalogue.Current);
        foreach (var metric in Enum.GetValues<EntityKind>().SelectMany(MetricCatalogue.Current.For))
        {
            Assert.Contains($"| `{metric.Name}` | `{metric.Unit}` |", page, StringComparison.Ordinal);
        }
    }
}
