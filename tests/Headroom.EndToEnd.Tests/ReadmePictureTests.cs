using System.Net.Http.Json;
using System.Text.Json;
using Headroom.EndToEnd.Tests.Api;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The pictures of the README. With <c>HEADROOM_PICTURES=1</c> they are taken again, from a demo fleet of eight hosts.</summary>
public sealed class ReadmePictureTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const int Hosts = 8;
    private const int LargestBytes = 300_000;
    private const int Width = 1_360;
    private const int Height = 850;

    /// <summary>Name of the file, page, and what is there once the page has drawn what it shows.</summary>
    private static readonly (string Name, string Path, string Drawn)[] Pictures =
        [("fleet", "/fleet", ".fleet-row"), ("interference", "/interference?range=15m", ".course canvas")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Folder => Path.Combine(ApiDocument.Checkout(), "docs", "pictures");

    [Fact]
    public async Task Every_picture_of_the_readme_is_there_in_both_themes_and_small()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(ApiDocument.Checkout(), "README.md"), Cancellation);
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            Assert.Contains($"docs/pictures/{Path.GetFileName(file)}", readme, StringComparison.Ordinal);
            Assert.InRange(new FileInfo(file).Length, 1, LargestBytes);
        }

        Assert.Equal(Files().Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task They_are_taken_from_a_demo_fleet()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("HEADROOM_PICTURES") == "1", "set HEADROOM_PICTURES=1 to take the pictures of the README again");
        Directory.CreateDirectory(Folder);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var demo = CliProgram.Start(
            new Dictionary<string, string> { ["ConnectionStrings__Headroom"] = database.ConnectionString },
            "demo", "--server", web.Address.ToString(), "--hosts", $"{Hosts}", "--history", "1");
        using var client = new HttpClient { BaseAddress = web.Address };
        await UntilAsync(demo, "predictions", async () => (await CountAsync(client, "/api/v1/interference", "items")) >= Hosts);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var visit = await Visit.OpenAsync(browser, scheme, Width, Height);
            foreach (var (name, path, drawn) in Pictures)
            {
                await visit.GoAsync(web.Address, path);
                await visit.Page.Locator(drawn).First.WaitForAsync();
                await visit.Page.WaitForTimeoutAsync(3_000); // Charts draw themselves in.
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, FileName(name, scheme)) });
            }

            Assert.Equal([], visit.Errors);
        }
    }

    private static IEnumerable<string> Files() => Pictures.SelectMany(picture => new[] { FileName(picture.Name, ColorScheme.Light), FileName(picture.Name, ColorScheme.Dark) });

    private static string FileName(string name, ColorScheme scheme) => $"{name}-{scheme.ToString().ToLowerInvariant()}.png";

    private static async Task<int> CountAsync(HttpClient client, string path, string list) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Cancellation)).GetProperty(list).GetArrayLength();

    private static Task UntilAsync(CliProgram demo, string what, Func<Task<bool>> isTrue) => Patience.UntilAsync(what, () =>
    {
        Assert.False(demo.HasExited, demo.Output);
        return isTrue();
    });
}
