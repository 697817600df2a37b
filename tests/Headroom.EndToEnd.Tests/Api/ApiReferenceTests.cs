using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests.Api;

/// <summary>The page that shows the API, in a real browser.</summary>
public sealed class ApiReferenceTests(PostgresDatabase database, BrowserSession session) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_page_shows_every_feature_and_asks_nobody_but_this_server(ColorScheme scheme)
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var visit = await Visit.OpenAsync(session, scheme);
        var foreign = new List<string>();
        visit.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } address && address.Authority != web.Address.Authority)
            {
                foreign.Add(request.Url);
            }
        };
        await visit.GoAsync(web.Address, "/scalar");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Headroom" }).First.WaitForAsync();
        foreach (var tag in new[] { "Telemetry", "Agents", "Jobs", "Models", "Capacity", "Memory", "FPGA", "Interference", "Power", "System" })
        {
            await visit.Page.GetByText(tag, new() { Exact = true }).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        await Pictures.SaveAsync(visit.Page, $"scalar-{scheme.ToString().ToLowerInvariant()}");
        Assert.Equal([], foreign);
        Assert.Equal([], visit.Errors);
    }
}
