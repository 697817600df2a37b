using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Oversubscription.Recommendations;
using Headroom.Testing;
using Microsoft.Playwright;

namespace Headroom.EndToEnd.Tests;

/// <summary>The whole way of an advice: telemetry of a host, the job that advises, the page, the snapshot that a person downloads, and the command that makes it again.</summary>
public sealed class CapacityReplayTests(PostgresDatabase database, BrowserSession browser) : IClassFixture<PostgresDatabase>
{
    private const string Job = "capacity-advice";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_downloaded_from_the_page_is_replayed_into_the_same_recommendation()
    {
        await using var visit = await Visit.OpenAsync(browser);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };

        // The job waits for us: an advice made before the past has come would be cold, and hold for minutes.
        using var off = await client.PutAsJsonAsync($"/api/v1/schedules/{Job}", new { cron = (string?)null }, Cancellation);
        off.EnsureSuccessStatusCode();
        using var demo = CliProgram.Start(
            new Dictionary<string, string> { ["ConnectionStrings__Headroom"] = database.ConnectionString },
            "demo", "--server", web.Address.ToString(), "--hosts", "1", "--history", "2");
        var host = await Patience.UntilAsync("a past of two hours", () => WithPastAsync(client, demo));
        using var asked = await client.PostAsync(new Uri($"/api/v1/schedules/{Job}/run", UriKind.Relative), null, Cancellation);
        asked.EnsureSuccessStatusCode();
        var advice = await Patience.UntilAsync("the advice", async () =>
            (await client.GetFromJsonAsync<RecommendationList>("/api/v1/recommendations", Cancellation))!.Hosts.SingleOrDefault());
        var recommendation = advice.Recommendation;
        Assert.Equal("fresh", advice.State);
        Assert.Equal(host, recommendation.GetProperty("host").GetString());
        Assert.True(recommendation.GetProperty("pastSeconds").GetDouble() > TimeSpan.FromHours(1.5).TotalSeconds);
        Assert.All(recommendation.GetProperty("resources").EnumerateArray(), resource => Assert.False(resource.GetProperty("isCold").GetBoolean()));

        await visit.GoAsync(web.Address, "/capacity");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = host, Exact = true }).WaitForAsync();
        await Pictures.SaveAsync(visit.Page, "capacity-replayed");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Snapshot of the inputs" }).ClickAsync());
        var file = await download.PathAsync();
        Assert.Contains("The same recommendation.", await CliProgram.RunAsync(new Dictionary<string, string>(), "replay", file), StringComparison.Ordinal);
        await using var zip = File.OpenRead(file);
        Assert.Equal(
            recommendation.GetProperty("resources").EnumerateArray().Select(resource => resource.GetProperty("safeRatio").GetDouble()),
            RecommendationSnapshot.FromZip(zip).Recommendation.Resources.Select(resource => resource.SafeRatio));
        Assert.Equal([], visit.Errors);
    }

    /// <summary>Name of the only host once its past can be read at the longest step; null before.</summary>
    private static async Task<string?> WithPastAsync(HttpClient client, CliProgram demo)
    {
        Assert.False(demo.HasExited, demo.Output);
        var hosts = await ItemsAsync(client, "/api/v1/hosts");
        if (hosts.Count == 0)
        {
            return null;
        }

        var id = hosts[0].GetProperty("id").GetInt32();
        var entities = await ItemsAsync(client, $"/api/v1/hosts/{id}/entities?kind=Host");
        if (entities.Count == 0)
        {
            return null;
        }

        var to = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var from = to - (long)TimeSpan.FromHours(2).TotalMilliseconds;
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/series?s={id}:{entities[0].GetProperty("id").GetInt32()}:system.cpu.utilization&from={from}&to={to}&points=24", Cancellation);
        return answer.GetProperty("series")[0].GetProperty("mean").EnumerateArray().Count(value => value.ValueKind == JsonValueKind.Number) > 20 ? hosts[0].GetProperty("name").GetString() : null;
    }

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(path, Cancellation)).GetProperty("items").EnumerateArray()];

    private sealed record RecommendationList(IReadOnlyList<RecommendationLine> Hosts);

    private sealed record RecommendationLine(string State, JsonElement Recommendation);
}
