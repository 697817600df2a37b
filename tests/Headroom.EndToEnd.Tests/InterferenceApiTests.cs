using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>Interference over HTTP, against the real program: windows sent by the caller, live workloads, what-if, labels, GPU pairs.</summary>
public sealed class InterferenceApiTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Step = """{"target": {"container.cpu.usage": 0.6, "container.cpu.pressure.some": 0.7}, "neighbours": {"db": {"container.cpu.usage": 1.2}}, "host": {"system.cpu.utilization": 1}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_window_gets_a_prediction_with_reasons_live_workloads_have_a_course_and_labels_are_judged()
    {
        await using var web = await WebProgram.StartAsync(
            database.ConnectionString,
            new Dictionary<string, string>
            {
                ["Headroom__Interference__WindowSeconds"] = "2", ["Headroom__Interference__SettleSeconds"] = "1",
                ["Headroom__Interference__GpuPairsModelFile"] = "/nowhere/gpu-pairs.model",
            },
            Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        await PredictsAWindow(client);
        await RefusesWithProblems(client);
        await SaysHowToTrainGpuPairs(client);
        await using var feeder = await ReplayFeeder.StartAsync(database, "replayed", RecordedRun.Beside(2), TimeSpan.FromSeconds(10), Cancellation);
        await FollowsALiveWorkload(client, await feeder.TargetAsync(Cancellation));
    }

    private static async Task PredictsAWindow(HttpClient client)
    {
        using var response = await PostAsync(client, "/api/v1/predictions/interference", $$"""{"steps": [{{Step}}, {{Step}}]}""");
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(answer.GetProperty("value").GetDouble(), answer.GetProperty("lower").GetDouble(), answer.GetProperty("upper").GetDouble());
        AssertAddsUp(answer);
        var neighbour = Assert.Single(answer.GetProperty("neighbours").EnumerateArray());
        Assert.Equal("db", neighbour.GetProperty("name").GetString());
        var model = await client.GetFromJsonAsync<JsonElement>(Path("/api/v1/interference/model"), Cancellation);
        Assert.Equal(model.GetProperty("id").GetString(), answer.GetProperty("model").GetString());
        Assert.NotEmpty(model.GetProperty("features").EnumerateArray());
    }

    private static async Task RefusesWithProblems(HttpClient client)
    {
        foreach (var (path, body, type, expected) in new[]
        {
            ("/api/v1/predictions/interference", "{}", "invalid-interference-window", "steps: expected 1 to"),
            ("/api/v1/predictions/interference", """{"steps": [{"host": {}}]}""", "invalid-interference-window", "steps[0].target"),
            ("/api/v1/predictions/interference", """{"steps": [{"target": {"cpu": 1}}]}""", "invalid-interference-window", "steps[0].target: expected names of Workload metrics"),
            ("/api/v1/interference/labels", """{"labels": []}""", "invalid-labels", "expected 1 to"),
            ("/api/v1/interference/labels", """{"labels": [{"workload": 1, "from": "2026-01-01T00:00:00Z", "to": "2025-01-01T00:00:00Z", "performance": 1}]}""", "invalid-labels", "labels[0].from, to"),
            ("/api/v1/interference/labels", """{"labels": [{"workload": 1, "from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:01:00Z", "performance": -1}]}""", "invalid-labels", "labels[0].performance"),
            ("/api/v1/interference/labels", """{"labels": [{"workload": 987654, "from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:01:00Z", "performance": 1}]}""", "invalid-labels", "987654"),
            ("/api/v1/predictions/gpu-pairs", """{"first": {}, "second": {}, "leastSpeed": 7}""", "invalid-gpu-pair", "leastSpeed"),
        })
        {
            using var response = await PostAsync(client, path, body);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.Equal((HttpStatusCode.BadRequest, $"urn:headroom:{type}"), (response.StatusCode, problem.GetProperty("type").GetString()));
            Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        using var malformed = await PostAsync(client, "/api/v1/predictions/interference", """{"steps": 7}""");
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        using var nobody = await client.GetAsync(Path("/api/v1/workloads/987654/interference"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    private static async Task SaysHowToTrainGpuPairs(HttpClient client)
    {
        using var response = await PostAsync(client, "/api/v1/predictions/gpu-pairs", """{"first": {"solo_gpu_util": 40}, "second": {"solo_gpu_util": 50}}""");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:headroom:gpu-pairs-not-trained"), (response.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Contains("train gpu-pairs", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task FollowsALiveWorkload(HttpClient client, int workload)
    {
        var from = TimeProvider.System.GetUtcNow().AddSeconds(-5);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience.Limit);
        JsonElement history;
        do
        {
            await Task.Delay(300, limit.Token);
            history = await client.GetFromJsonAsync<JsonElement>(Path($"/api/v1/workloads/{workload}/interference"), limit.Token);
        }
        while (history.GetProperty("series").GetArrayLength() < 2);

        var now = history.GetProperty("now");
        AssertAddsUp(now);
        var neighbours = now.GetProperty("neighbours").EnumerateArray().ToArray();
        Assert.NotEmpty(neighbours);
        Assert.Contains((await client.GetFromJsonAsync<JsonElement>(Path("/api/v1/interference"), Cancellation)).GetProperty("items").EnumerateArray(), line => line.GetProperty("workload").GetInt32() == workload);

        var without = string.Join('&', neighbours.Select(neighbour => $"without={neighbour.GetProperty("workload").GetInt32()}"));
        var whatIf = await client.GetFromJsonAsync<JsonElement>(Path($"/api/v1/workloads/{workload}/interference/what-if?{without}"), Cancellation);
        Assert.True(whatIf.GetProperty("without").GetProperty("value").GetDouble() > whatIf.GetProperty("now").GetProperty("value").GetDouble());
        using var stranger = await client.GetAsync(Path($"/api/v1/workloads/{workload}/interference/what-if?without=987654"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.StatusCode);

        using var labelled = await client.PostAsJsonAsync(
            Path("/api/v1/interference/labels"),
            new { labels = new[] { new { workload, from, to = TimeProvider.System.GetUtcNow(), performance = now.GetProperty("value").GetDouble(), source = "test" } } },
            Cancellation);
        Assert.Equal(HttpStatusCode.OK, labelled.StatusCode);
        var trust = await client.GetFromJsonAsync<JsonElement>(Path("/api/v1/interference/trust"), Cancellation);
        Assert.Equal(1, trust.GetProperty("report").GetProperty("whole").GetProperty("labels").GetInt32());
    }

    private static void AssertAddsUp(JsonElement answer)
    {
        var reasons = answer.GetProperty("reasons");
        var moved = answer.GetProperty("value").GetDouble() - reasons.GetProperty("base").GetDouble();
        Assert.Equal(moved, reasons.GetProperty("resources").EnumerateArray().Sum(part => part.GetProperty("share").GetDouble()), 4);
        Assert.Equal(moved, reasons.GetProperty("metrics").EnumerateArray().Sum(part => part.GetProperty("share").GetDouble()) + reasons.GetProperty("rest").GetDouble(), 4);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body) =>
        client.PostAsync(Path(path), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
