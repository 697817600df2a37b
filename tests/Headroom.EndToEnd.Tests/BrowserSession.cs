using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>One chromium of the machine for the test assembly; a machine without it skips the tests visibly.</summary>
public sealed class BrowserSession : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser is null, "no chromium: install the package 'chromium' or set HEADROOM_CHROMIUM");
            return _browser;
        }
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("HEADROOM_CHROMIUM") ?? Candidates.FirstOrDefault(File.Exists);
        if (path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
