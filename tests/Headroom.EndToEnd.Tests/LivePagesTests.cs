using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The main path in a real browser, with frames arriving.</summary>
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
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var feeder = await Feeder.StartAsync(database, $"{HostName}-{scheme}", TimeSpan.FromMinutes(3), Cancellation);
        var (page, errors) = await OpenAsync(scheme);

        await page.GotoAsync(new Uri(web.Address, "/fleet").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = $"{HostName}-{scheme}" }).First.ClickAsync();
        await page.WaitForURLAsync("**/hosts/*");
        await page.Locator("canvas").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.GetByText("first").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.WaitForFunctionAsync(DrawnPixels, null, new() { Timeout = 20_000 });
        await SaveAsync(page, $"host-{scheme}");

        var address = page.Url;
        await page.ReloadAsync();
        await page.Locator("canvas").First.WaitForAsync(new() { Timeout = 20_000 });
        Assert.Equal(address, page.Url);
        Assert.Equal([], errors);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task The_vocabulary_is_found_by_a_part_of_a_name()
    {
        _ = browser.Browser;
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        var (page, errors) = await OpenAsync(ColorScheme.Light);
        await page.GotoAsync(new Uri(web.Address, "/catalogue?find=system.cpu").ToString());
        await page.GetByText("system.cpu", new() { Exact = false }).First.WaitForAsync(new() { Timeout = 20_000 });
        await SaveAsync(page, "metrics");
        Assert.Equal([], errors);
        await page.Context.DisposeAsync();
    }

    private async Task<(IPage Page, List<string> Errors)> OpenAsync(ColorScheme scheme)
    {
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 1000 } });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);
        return (page, errors);
    }

    /// <summary>Keeps a picture for a person to look at when a folder is named.</summary>
    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
