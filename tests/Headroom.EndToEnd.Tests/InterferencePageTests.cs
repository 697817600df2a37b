using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The pages Interference and Trust in a real browser, with predictions made from replayed frames of a real campaign.</summary>
public sealed class InterferencePageTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_person_sees_who_hurts_whom_moves_a_neighbour_away_and_checks_whether_to_trust_it(ColorScheme scheme)
    {
        _ = browser.Browser;
        var run = RecordedRun.Beside(2);
        await using var web = await WebProgram.StartAsync(database.ConnectionString,
            new Dictionary<string, string> { ["Headroom__Interference__WindowSeconds"] = "2", ["Headroom__Interference__SettleSeconds"] = "1" },
            Cancellation);
        var context = await browser.Browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 1000 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);

        await using var feeder = await ReplayFeeder.StartAsync(database, $"replayed-{scheme}", run, TimeSpan.FromSeconds(10), Cancellation);
        await page.GotoAsync(new Uri(web.Address, "/interference").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Who hurts whom" }).WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Most degraded" }).WaitForAsync();
        var target = await feeder.TargetAsync(Cancellation);
        await page.GotoAsync(new Uri(web.Address, $"/interference?workload={target}&range=2m").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Why", Exact = true }).WaitForAsync();
        await page.Locator("canvas").Nth(2).WaitForAsync();
        await page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await page.GetByText("instead of").WaitForAsync();
        await Pictures.SaveAsync(page, $"interference-{scheme}");
        Assert.Equal([], await Axe.FindingsAsync(page));

        if (await HasNoLabelsAsync(web.Address))
        {
            await page.GotoAsync(new Uri(web.Address, "/trust").ToString());
            await page.GetByText("No prediction has met its label yet").WaitForAsync();
        }

        await LabelAsync(web.Address, target);
        await page.GotoAsync(new Uri(web.Address, "/trust").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Rolling coverage" }).WaitForAsync();
        await page.Locator("canvas").Nth(2).WaitForAsync();
        await VerifyAsync(web.Address);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Model by model" }).WaitForAsync();
        await Pictures.SaveAsync(page, $"trust-{scheme}");
        Assert.Equal([], await Axe.FindingsAsync(page));
        Assert.Equal([], errors);
        await context.DisposeAsync();
    }

    // The other theme's labels are in the same database.
    private static async Task<bool> HasNoLabelsAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        return (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/interference/trust", UriKind.Relative), Cancellation)).GetProperty("report").ValueKind == JsonValueKind.Null;
    }

    // Labels count as settled a few windows after their time.
    private static async Task VerifyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        await Patience.RepeatUntilAsync(
            "labels that the job verified",
            async () => (await client.PostAsync(new Uri("/api/v1/schedules/verify-predictions/run", UriKind.Relative), null, Cancellation)).Dispose(),
            async () => (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/interference/trust", UriKind.Relative), Cancellation)).GetProperty("models").GetArrayLength() > 0);
    }

    private static async Task LabelAsync(Uri address, int workload)
    {
        using var client = new HttpClient { BaseAddress = address };
        var now = TimeProvider.System.GetUtcNow();
        var labels = Enumerable.Range(0, 12).Select(index => new { workload, from = now.AddSeconds(-12), to = now.AddMilliseconds(-index), performance = 0.4 + (0.03 * index), source = "test" });
        using var answer = await client.PostAsJsonAsync(new Uri("/api/v1/interference/labels", UriKind.Relative), new { labels }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
