using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>Memory placement over HTTP, against the real program with a host that sends frames.</summary>
public sealed class MemoryApiTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Machine = """{"gpu": {"model": "RTX 5090", "memoryGiB": 32, "bf16Tflops": 209.5}, "tiers": [{"name": "dram0", "kind": "dram", "numaNode": 0, "capacityGiB": 128}, {"name": "cxl0", "kind": "cxl", "numaNode": 1, "capacityGiB": 512}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plans_what_ifs_offload_formulas_and_running_hosts_are_answered()
    {
        await using var feeder = await MemoryFeeder.StartAsync(database, "memory-api", Cancellation);
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Cancellation);
        using var client = new HttpClient { BaseAddress = web.Address };
        await Plans(client);
        await AsksWhatIf(client);
        await WorksOutOffload(client);
        await ReadsTheHost(client, feeder.HostId);
        await RefusesWithProblems(client);
    }

    private static async Task Plans(HttpClient client)
    {
        var plan = await PostAsync(client, "/api/v1/placements/plan", $$"""{"model": "mistral-nemo-12b", "machine": {{Machine}}, "optimizer": "Lion", "zeroStage": 1}""");
        Assert.Equal("optimal", plan.GetProperty("placements")[3].GetProperty("allocator").GetString());
        Assert.True(plan.GetProperty("gpuAloneBytes").GetDouble() > plan.GetProperty("gpuBytes").GetDouble());
        Assert.True(plan.GetProperty("placements")[3].GetProperty("loads").GetArrayLength() > 5);
    }

    private static async Task AsksWhatIf(HttpClient client)
    {
        var answer = await PostAsync(client, "/api/v1/memory/whatif", $$"""{"plan": {"model": "mistral-nemo-12b", "machine": {{Machine}}}, "options": ["8-bit Adam"]}""");
        Assert.Equal(["compress", "offload to CXL", "offload to storage", "buy DRAM"], answer.GetProperty("ways").EnumerateArray().Select(way => way.GetProperty("way").GetString()!));
        Assert.True(answer.GetProperty("leftBytes").GetDouble() < answer.GetProperty("needBytes").GetDouble());
    }

    private static async Task WorksOutOffload(HttpClient client)
    {
        var all = await PostAsync(client, "/api/v1/memory/ssd-peak", """{"model": "qwen2.5-7b"}""");
        var one = await PostAsync(client, "/api/v1/memory/ssd-peak", """{"model": "qwen2.5-7b", "fixes": {"fusedOverflowCheck": true}}""");
        Assert.True(all.GetProperty("cut").GetDouble() > one.GetProperty("cut").GetDouble() && one.GetProperty("cut").GetDouble() > 0);
        var swap = await PostAsync(client, "/api/v1/memory/swap/plan", """{"fixedSeconds": 1e-5, "bytesPerSecond": 32e9, "cacheBytesPerToken": 131072, "chunkBytes": 65536, "prefillLinear": 1e-6, "prefillQuadratic": 1e-9}""");
        Assert.Equal(8, swap.GetProperty("chunks").GetArrayLength());
        Assert.True(swap.GetProperty("breakEvenTokens").GetDouble() > 0);
        var pipeline = await PostAsync(client, "/api/v1/training/pipeline-plan", """{"layerSeconds": [1, 2, 3, 4], "layerBytes": [1, 1, 1, 1], "stages": 2, "deviceBytes": 10, "microBatches": 4}""");
        Assert.Equal(0.2, pipeline.GetProperty("bubble").GetDouble(), 9);
        Assert.Equal(3, pipeline.GetProperty("plan").GetProperty("cuts")[0].GetInt32());
    }

    private static async Task ReadsTheHost(HttpClient client, int host)
    {
        var advice = await client.GetFromJsonAsync<JsonElement>($"/api/v1/hosts/{host}/memory", Cancellation);
        Assert.Equal("node1", advice.GetProperty("tier").GetProperty("name").GetString());
        var service = advice.GetProperty("workloads").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "database");
        Assert.InRange(service.GetProperty("idleBytes").GetDouble() / MemoryFeeder.IdleBytes, 0.9, 1.01);
        Assert.True(service.GetProperty("movableBytes").GetDouble() > service.GetProperty("idleBytes").GetDouble());
        Assert.InRange(service.GetProperty("slowdown").GetDouble(), 0, service.GetProperty("slowdownUpper").GetDouble());
        Assert.NotEmpty(service.GetProperty("reasons").EnumerateArray());
        Assert.True(advice.GetProperty("expiresAt").GetDateTimeOffset() > advice.GetProperty("madeAt").GetDateTimeOffset());

        var machine = await client.GetFromJsonAsync<JsonElement>($"/api/v1/hosts/{host}/machine?gpu=H100%20SXM", Cancellation);
        Assert.Equal(["dram", "cxl", "nvme"], machine.GetProperty("tiers").EnumerateArray().Select(tier => tier.GetProperty("kind").GetString()!.ToLowerInvariant()));
        var plan = await PostAsync(client, "/api/v1/placements/plan", $$"""{"model": "qwen2.5-7b", "hostId": {{host}}, "gpu": "H100 SXM", "contextTokens": 4096}""");
        Assert.Equal("memory-api", plan.GetProperty("machine").GetString());
        Assert.NotNull(plan.GetProperty("best").GetString());
    }

    private static async Task RefusesWithProblems(HttpClient client)
    {
        foreach (var (path, body, expected) in new[]
        {
            ("/api/v1/placements/plan", """{"model": "qwen2.5-7b"}""", "hostId"),
            ("/api/v1/placements/plan", """{"model": "qwen2.5-7b", "hostId": 4711}""", "4711"),
            ("/api/v1/memory/whatif", $$"""{"plan": {"model": "qwen2.5-7b", "machine": {{Machine}}}, "options": ["Scissorhands"]}""", "Scissorhands"),
            ("/api/v1/memory/ssd-peak", """{"model": "qwen2.5-7b", "gradientBytes": 3}""", "gradientBytes"),
            ("/api/v1/memory/swap/plan", """{"fixedSeconds": 0}""", "fixedSeconds"),
            ("/api/v1/memory/ssd-peak", """{"model": "\ud800"}""", "$.model"),
            ("/api/v1/placements/plan", """{"model": {"\ud800": 1}}""", "Unicode"),
            ("/api/v1/placements/check", """{"attentionSeconds": 1, "feedForwardSeconds": 1e308, "allReduceSeconds": 0, "loadAttentionSeconds": 1, "loadFeedForwardSeconds": 1, "layers": 8}""", "feedForwardSeconds, got 1E+308"),
            ("/api/v1/training/pipeline-plan", """{"layerSeconds": [1], "layerBytes": [1], "stages": 2, "deviceBytes": 1}""", "stages"),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        using var bytes = new ByteArrayContent([.. "{\"model\": \""u8, 0xff, 0xfe, .. "\"}"u8]);
        bytes.Headers.ContentType = new("application/json");
        using var unreadable = await client.PostAsync(new Uri("/api/v1/memory/ssd-peak", UriKind.Relative), bytes, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.StatusCode);

        using var huge = new StringContent("""{"fixedSeconds": 1e308, "bytesPerSecond": 1e308, "cacheBytesPerToken": 1, "chunkBytes": 1, "prefillLinear": 1, "prefillQuadratic": 1}""", Encoding.UTF8, "application/json");
        using var infinite = await client.PostAsync(new Uri("/api/v1/memory/swap/plan", UriKind.Relative), huge, Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, infinite.StatusCode);
        Assert.Contains("finite", (await infinite.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString(), StringComparison.Ordinal);

        using var none = await client.GetAsync(new Uri("/api/v1/hosts/4711/memory", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
