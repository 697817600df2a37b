using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>One person's browser window, and everything that went wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors on the console and uncaught exceptions.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<Visit> OpenAsync(BrowserSession session, ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 1000)
    {
        var context = await session.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>Opens a page of the server.</summary>
    public Task GoAsync(Uri server, string path) => Page.GotoAsync(new Uri(server, path).ToString());

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
