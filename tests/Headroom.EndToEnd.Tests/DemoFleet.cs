using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests;

/// <summary>A server with a demo fleet behind it, for all tests of a class: every page has something to show.</summary>
public sealed class DemoFleet(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new(cluster);
    private WebProgram? _web;
    private CliProgram? _demo;

    public Uri Address => _web?.Address ?? throw new InvalidOperationException($"the server was not started: {_database.ConnectionString}");

    /// <summary>What the server wrote last.</summary>
    public string LastLines => _web?.LastLines ?? "";

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (!_database.IsThere)
        {
            return;
        }

        _web = await WebProgram.StartAsync(_database.ConnectionString, CancellationToken.None);
        _demo = CliProgram.Start(
            new Dictionary<string, string> { ["ConnectionStrings__Headroom"] = _database.ConnectionString },
            "demo", "--server", Address.ToString(), "--hosts", "3", "--history", "0.5");
        using var client = new HttpClient { BaseAddress = Address };
        await Patience.UntilAsync("the demo fleet", async () =>
        {
            Assert.False(_demo.HasExited, _demo.Output);
            var hosts = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/hosts", UriKind.Relative));
            return hosts.GetProperty("items").EnumerateArray().Count(host => host.GetProperty("lastFrameAt").ValueKind == JsonValueKind.String) == 3;
        });
    }

    public async ValueTask DisposeAsync()
    {
        _demo?.Dispose();
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }

        await _database.DisposeAsync();
    }
}
