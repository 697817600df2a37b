using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The pages that show telemetry in a real browser, with frames arriving.</summary>
public sealed class LivePagesTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const string HostName = "feeder";

    /// <summary>True once the first chart shows something other than its background.</summary>
    private const string DrawnPixels = """
        () => {
          const canvas = document.querySelector('canvas');
          if (!canvas) return false;
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const colours = new Set();
          for (let i = 0; i < pixels.length; i += 4) colours.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
          return colours.size > 8;
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_finds_the_host_on_fleet_and_sees_its_charts(ColorScheme scheme)
    {
        await using var visit = await Visit.OpenAsync(browser, scheme);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var feeder = await Feeder.StartAsync(database, $"{HostName}-{scheme}", TimeSpan.FromMinutes(3), Cancellation);
        var person = new LiveViewer(visit.Page);

        await person.OpenHostAsync(web.Address, $"{HostName}-{scheme}");
        await visit.Page.GetByText("first").First.WaitForAsync();
        await visit.Page.WaitForFunctionAsync(DrawnPixels);
        await Pictures.SaveAsync(visit.Page, $"host-{scheme}");

        var address = visit.Page.Url;
        await visit.Page.ReloadAsync();
        await person.SeeChartsAsync();
        Assert.Equal(address, visit.Page.Url);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "first" }).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "first", Level = 1 }).WaitForAsync();
        await person.SeeChartsAsync();
        await Pictures.SaveAsync(visit.Page, $"workload-{scheme}");
        Assert.Equal([], visit.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_range_of_ones_own_shows_its_gap_beside_the_period_before_and_comes_back_after_a_reload(ColorScheme scheme)
    {
        await using var visit = await Visit.OpenAsync(browser, scheme);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var silence = (From: now.AddMinutes(-3), To: now.AddMinutes(-2));
        await using var feeder = await Feeder.StartAsync(database, $"gapped-{scheme}", TimeSpan.FromMinutes(9), Cancellation, silence);
        var person = new LiveViewer(visit.Page);

        await person.OpenHostAsync(web.Address, $"gapped-{scheme}");
        await person.ChooseAsync(now.AddMinutes(-4), now.AddMinutes(-1));
        await person.SeeGapsAsync(1);
        await person.CompareAsync();
        await Pictures.SaveAsync(visit.Page, $"range-{scheme}");
        await person.ReloadAndFindTheSameViewAsync();
        await person.SeeGapsAsync(1);
        Assert.Equal([], visit.Errors);
    }

    [Fact]
    public async Task The_vocabulary_is_found_by_a_part_of_a_name()
    {
        await using var visit = await Visit.OpenAsync(browser);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await visit.GoAsync(web.Address, "/catalogue?find=system.cpu");
        await visit.Page.GetByText("system.cpu", new() { Exact = false }).First.WaitForAsync();
        await Pictures.SaveAsync(visit.Page, "metrics");
        Assert.Equal([], visit.Errors);
    }
}
