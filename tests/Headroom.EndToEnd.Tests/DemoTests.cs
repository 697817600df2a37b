using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>A fleet without a cluster.</summary>
public sealed class DemoTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recorded_hosts_have_a_past_and_go_on_live()
    {
        await using var web = await WebProgram.StartAsync(database.ConnectionString, Token);
        using var demo = CliProgram.Start(
            new Dictionary<string, string> { ["ConnectionStrings__Headroom"] = database.ConnectionString },
            "demo", "--server", web.Address.ToString(), "--hosts", "3", "--history", "1");
        using var client = new HttpClient { BaseAddress = web.Address };

        var live = await UntilAsync(demo, async () =>
        {
            var hosts = await ItemsAsync(client, "/api/v1/hosts");
            return hosts.Count == 3 && hosts.All(host => host.GetProperty("lastFrameAt") is { ValueKind: JsonValueKind.String } at && TimeProvider.System.GetUtcNow() - at.GetDateTimeOffset() < TimeSpan.FromMinutes(1)) ? hosts : null;
        });

        Assert.All(live, host => Assert.StartsWith("demo-", host.GetProperty("name").GetString(), StringComparison.Ordinal));
        var withGpus = live.Single(host => host.GetProperty("name").GetString() == "demo-03").GetProperty("id").GetInt32();
        var gpu = (await ItemsAsync(client, $"/api/v1/hosts/{withGpus}/entities?kind=Gpu"))[0].GetProperty("id").GetInt32();
        Assert.NotEmpty(await ItemsAsync(client, $"/api/v1/hosts/{withGpus}/entities?kind=Workload"));
        var to = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        // Long ranges are read from roll-ups, which the jobs make of what came late.
        await UntilAsync(demo, async () =>
        {
            var power = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/series?s={withGpus}:{gpu}:hw.gpu.power&from={to - 3_600_000}&to={to}&points=120", UriKind.Relative), Token);
            return power.GetProperty("series")[0].GetProperty("mean").EnumerateArray().Count(value => value.ValueKind == JsonValueKind.Number) > 50 ? power.ToString() : null;
        });
    }

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Token)).GetProperty("items").EnumerateArray()];

    private static Task<T> UntilAsync<T>(CliProgram program, Func<Task<T?>> look)
        where T : class => Patience.UntilAsync("the demo fleet", () =>
    {
        Assert.False(program.HasExited, program.Output);
        return look();
    });
}
