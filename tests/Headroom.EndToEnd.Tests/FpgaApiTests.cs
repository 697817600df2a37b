using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>FPGA predictions over HTTP, against the real program.</summary>
public sealed class FpgaApiTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Jets = """{"name": "jets", "input": [16], "layers": [{"type": "dense", "name": "fc1", "units": 32, "activation": "relu"}, {"type": "dense", "name": "out", "units": 5}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_file_gives_numbers_with_intervals_a_job_sweeps_and_boards_can_be_added()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        await PredictsAFile(client);
        await RefusesWithProblems(client);
        await SweepsAsAJob(client);
        await StopsASweep(client);
        await KeepsOwnBoards(client);
    }

    private static async Task PredictsAFile(HttpClient client)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Jets)), "model", "jets.json" },
            { new StringContent("Board: zcu102\nClockPeriod: 4\nHLSConfig: {Model: {Precision: 'ap_fixed<16,6>', ReuseFactor: 4, Strategy: Resource}, LayerName: {nobody: {ReuseFactor: 1}}}"), "configuration" },
        };
        using var response = await client.PostAsync(Path("/api/v1/predictions/fpga"), form, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("zcu102", answer.GetProperty("board").GetProperty("board").GetString());
        var targets = answer.GetProperty("targets").EnumerateArray().ToDictionary(entry => entry.GetProperty("target").GetString()!);
        Assert.Equal(["bram", "dsp", "ff", "lut", "cycles", "ii"], targets.Keys);
        Assert.All(targets.Values, entry =>
        {
            Assert.InRange(entry.GetProperty("value").GetDouble(), entry.GetProperty("lower").GetDouble(), entry.GetProperty("upper").GetDouble());
            Assert.InRange(entry.GetProperty("level").GetDouble(), 0.5, 1);
        });
        Assert.True(targets["lut"].GetProperty("value").GetDouble() > 0);
        Assert.Equal(4, answer.GetProperty("layers")[1].GetProperty("reuseFactor").GetInt32());
        Assert.Contains("nobody", answer.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    private static async Task RefusesWithProblems(HttpClient client)
    {
        foreach (var (body, expected) in new[]
        {
            ("""{"network": {"input": [16], "layers": [{"type": "attention"}]}}""", "layer 1 'attention_1'"),
            ("{\"network\": " + Jets + ", \"configuration\": {\"Model\": {\"Strategy\": \"Fast\"}}}", "Strategy"),
            ($$"""{"network": {{Jets}}, "board": "toaster"}""", "toaster"),
            ("""{"nothing": 1}""", "network"),
            ("[", "JSON"),
        })
        {
            using var response = await client.PostAsync(Path("/api/v1/predictions/fpga"), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.Equal((HttpStatusCode.BadRequest, "urn:headroom:invalid-fpga-design"), (response.StatusCode, problem.GetProperty("type").GetString()));
            Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task SweepsAsAJob(HttpClient client)
    {
        var body = $$"""{"network": {{Jets}}, "precisions": ["fixed<8,3>", "fixed<16,6>"], "reuseFactors": [1, 2, 4, 8, 16], "strategies": ["Latency", "Resource"], "boards": ["pynq-z2", "zcu102"]}""";
        using var response = await client.PostAsync(Path("/api/v1/fpga/sweeps"), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var accepted = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("Succeeded", await EndOfAsync(client, accepted));
        var result = await client.GetFromJsonAsync<JsonElement>(Path(accepted.GetProperty("result").GetString()!), Cancellation);
        Assert.Equal(40, result.GetProperty("points").GetArrayLength());
        Assert.InRange(result.GetProperty("front").GetArrayLength(), 1, 40);

        using var tooLarge = await client.PostAsync(Path("/api/v1/fpga/sweeps"), new StringContent(
            $$"""{"network": {{Jets}}, "reuseFactors": [{{string.Join(',', Enumerable.Range(1, 60_000))}}]}""", Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, tooLarge.StatusCode);
        Assert.Contains("sweep-too-large", await tooLarge.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>As many designs as are allowed, of a network whose many layers all differ: longer than the second in which a worker hears of it.</summary>
    private static async Task StopsASweep(HttpClient client)
    {
        var layers = string.Join(',', Enumerable.Range(0, 12).Select(layer => $$"""{"type": "dense", "units": {{32 + (8 * layer)}}}"""));
        var precisions = string.Join(',', Enumerable.Range(2, 25).Select(bits => $"\"fixed<{bits},1>\""));
        var body = $$"""{"network": {"name": "deep", "input": [24], "layers": [{{layers}}]}, "precisions": [{{precisions}}], "reuseFactors": [{{string.Join(',', Enumerable.Range(1, 1000))}}], "strategies": ["Latency", "Resource"], "boards": ["zcu102"]}""";
        using var response = await client.PostAsync(Path("/api/v1/fpga/sweeps"), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var accepted = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        using var cancelled = await client.PostAsync(Path($"{accepted.GetProperty("job").GetString()}/cancel"), null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("Cancelled", await EndOfAsync(client, accepted));
        using var result = await client.GetAsync(Path(accepted.GetProperty("result").GetString()!), Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, result.StatusCode);
    }

    private static async Task<string?> EndOfAsync(HttpClient client, JsonElement accepted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(120));
        while (true)
        {
            var state = (await client.GetFromJsonAsync<JsonElement>(Path(accepted.GetProperty("job").GetString()!), limit.Token)).GetProperty("state").GetString();
            if (state is not ("Queued" or "Running"))
            {
                return state;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task KeepsOwnBoards(HttpClient client)
    {
        var board = new { part = "xcown", lut = 1000, flipFlop = 2000, dsp = 10, blockRam18 = 20, source = "counted by hand" };
        using var saved = await client.PutAsJsonAsync(Path("/api/v1/fpga/boards/own-board"), board, Cancellation);
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var boards = await client.GetFromJsonAsync<JsonElement>(Path("/api/v1/fpga/boards"), Cancellation);
        Assert.True(boards.GetProperty("items").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "own-board").GetProperty("isOwn").GetBoolean());
        using var wrong = await client.PutAsJsonAsync(Path("/api/v1/fpga/boards/own-board"), board with { lut = -1 }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var deleted = await client.DeleteAsync(Path("/api/v1/fpga/boards/own-board"), Cancellation);
        using var again = await client.DeleteAsync(Path("/api/v1/fpga/boards/own-board"), Cancellation);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
