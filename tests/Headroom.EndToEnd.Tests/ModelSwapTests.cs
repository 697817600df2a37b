using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>A champion that is swapped and taken back while people ask it for answers.</summary>
public sealed class ModelSwapTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Design = """{"network": {"name": "jets", "input": [16], "layers": [{"type": "dense", "name": "fc1", "units": 8}]}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_fails_while_a_version_is_swapped_in_and_taken_back_on_two_servers()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        await using var other = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        using var otherClient = new HttpClient { BaseAddress = other.Address };
        await using var jobs = new JobsClient(database.ConnectionString, Cancellation);
        await jobs.UntilAsync(async () => (await ServedAsync(client)).Id is not null && (await ServedAsync(otherClient)).Id is not null);
        var first = await ServedAsync(client);
        var second = await RenamedFpgaModel.RegisterAsync(jobs, Cancellation);

        using var stop = new CancellationTokenSource();
        var answers = new List<(HttpStatusCode Status, string? Model)>();
        var askers = new[] { client, client, otherClient }.Select(asked => Task.Run(() => AskAsync(asked, answers, stop.Token))).ToArray();
        await jobs.UntilAsync(() => Task.FromResult(Count(answers, first.Card) > 3));

        using (var promoted = await client.PostAsJsonAsync("/api/v1/models/fpga/versions/2/promote", new { reason = "to see a swap" }, Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, promoted.StatusCode);
        }

        await jobs.UntilAsync(async () => Count(answers, second) > 3 && (await ServedAsync(otherClient)).Card == second);
        var clock = Stopwatch.StartNew();
        using (var back = await client.PostAsJsonAsync("/api/v1/models/fpga/rollback", new { reason = "to see the way back" }, Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        }

        // When the answer comes, this server serves the old version; the other one hears of it.
        Assert.Equal(first.Id, (await ServedAsync(client)).Id);
        await jobs.UntilAsync(async () => (await ServedAsync(otherClient)).Id == first.Id);
        TestContext.Current.SendDiagnosticMessage($"both servers rolled back after {clock.Elapsed.TotalSeconds:F2} s");
        var before = Count(answers, first.Card);
        await jobs.UntilAsync(() => Task.FromResult(Count(answers, first.Card) > before + 3));
        await stop.CancelAsync();
        await Task.WhenAll(askers);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(answers, answer => Assert.Contains(answer.Model, new[] { first.Card, second }));
        using var refused = await client.PostAsJsonAsync("/api/v1/models/fpga/rollback", new { reason = "once more" }, Cancellation);
        Assert.Equal((HttpStatusCode.Conflict, "urn:headroom:model-decision-refused"), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("type").GetString()));
        using var without = await client.PostAsJsonAsync("/api/v1/models/fpga/rollback", new { reason = " " }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
    }

    private static async Task<(int? Id, string? Card)> ServedAsync(HttpClient client)
    {
        var models = await client.GetFromJsonAsync<JsonElement>("/api/v1/models", Cancellation);
        var fpga = models.GetProperty("items").EnumerateArray().Single(model => model.GetProperty("model").GetString() == "fpga");
        var answering = await client.GetFromJsonAsync<JsonElement>("/api/v1/fpga/model", Cancellation);
        return (fpga.GetProperty("servedHere") is { ValueKind: JsonValueKind.Number } id ? id.GetInt32() : null, answering.GetProperty("id").GetString());
    }

    private static async Task AskAsync(HttpClient client, List<(HttpStatusCode Status, string? Model)> answers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var content = new StringContent(Design, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri("/api/v1/predictions/fpga", UriKind.Relative), content, Cancellation);
            var model = response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("model").GetProperty("id").GetString() : null;
            lock (answers)
            {
                answers.Add((response.StatusCode, model));
            }
        }
    }

    private static int Count(List<(HttpStatusCode Status, string? Model)> answers, string? model)
    {
        lock (answers)
        {
            return answers.Count(answer => answer.Model == model);
        }
    }
}
