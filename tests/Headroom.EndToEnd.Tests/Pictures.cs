using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>Keeps pictures for a person to look at when <c>HEADROOM_SCREENSHOTS</c> names a folder.</summary>
internal static class Pictures
{
    /// <summary>Charts draw themselves in over this time.</summary>
    private const float AnimationMilliseconds = 1_000;

    /// <summary>Whether somebody wants pictures.</summary>
    public static bool AreWanted => Folder is { Length: > 0 };

    private static string? Folder => Environment.GetEnvironmentVariable("HEADROOM_SCREENSHOTS");

    /// <summary>Keeps the whole page as NAME.png.</summary>
    public static async Task SaveAsync(IPage page, string name)
    {
        if (AreWanted)
        {
            await page.WaitForTimeoutAsync(AnimationMilliseconds);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}.png"), FullPage = true });
        }
    }
}
