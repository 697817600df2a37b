using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>Debian's prometheus with its node exporter, writing to the real server as it comes from the package.</summary>
public sealed class PrometheusTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const string Prometheus = "/usr/bin/prometheus";
    private const string NodeExporter = "/usr/bin/prometheus-node-exporter";
    private const string HostName = "seen-by-prometheus";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-prometheus-").FullName;
    private readonly List<Process> _started = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_prometheus_with_its_node_exporter_needs_no_agent_of_ours()
    {
        Assert.SkipUnless(File.Exists(Prometheus) && File.Exists(NodeExporter), "install the packages 'prometheus' and 'prometheus-node-exporter'");
        await using var server = await WebProgram.StartAsync(database.ConnectionString, Token);
        await StartPrometheusAsync(server.Address, StartNodeExporter());

        using var client = new HttpClient { BaseAddress = server.Address };
        var host = await UntilAsync(async () => (await ListAsync(client, "/api/v1/hosts")).FirstOrDefault(one => one["name"]!.GetValue<string>() == HostName));
        var hostId = host["id"]!.GetValue<int>();
        var entities = await UntilAsync(async () =>
        {
            var list = await ListAsync(client, $"/api/v1/hosts/{hostId}/entities");
            return list.Count(one => one["kind"]!.GetValue<string>() == "Cpu") == Environment.ProcessorCount ? list : null;
        });
        Assert.Contains(entities, one => one["kind"]!.GetValue<string>() == "NetworkInterface" && one["key"]!.GetValue<string>() == "lo");

        var entityId = entities.Single(one => one["kind"]!.GetValue<string>() == "Host")["id"]!.GetValue<int>();
        var load = await UntilAsync(() => NewestAsync(client, hostId, entityId, "system.linux.load.1m"));
        Assert.True(load >= 0);
        Assert.InRange(await UntilAsync(() => NewestAsync(client, hostId, entityId, "system.cpu.utilization")), 0f, 1f);
        Assert.InRange(await UntilAsync(() => NewestAsync(client, hostId, entityId, "system.memory.utilization")), 0f, 1f);
        Assert.Equal(Environment.ProcessorCount, await UntilAsync(() => NewestAsync(client, hostId, entityId, "system.cpu.logical.count")));
        Assert.Equal(MemTotal(), await UntilAsync(() => NewestAsync(client, hostId, entityId, "system.memory.limit")), 1e-6 * MemTotal());
    }

    private static float MemTotal() => 1024f * float.Parse(
        File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private int StartNodeExporter()
    {
        var port = Programs.FreePort();
        Start(NodeExporter, string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"));
        return port;
    }

    private async Task StartPrometheusAsync(Uri server, int exporterPort)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).AddHeadroomEnrolment().BuildServiceProvider();
        var key = await services.GetRequiredService<Enrolment>().CreateIngestKeyAsync("prometheus", Token);
        var configuration = Path.Combine(_folder, "prometheus.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: node
                static_configs:
                  - targets: ['127.0.0.1:{exporterPort.ToString(CultureInfo.InvariantCulture)}']
                    labels: {"{"} nodename: {HostName} {"}"}
            remote_write:
              - url: {new Uri(server, IngestionRegistration.RemoteWritePath)}
                authorization: {"{"} credentials: '{key.BearerToken}' {"}"}
                queue_config: {"{"} batch_send_deadline: 1s {"}"}
            """,
            Token);
        Start(
            Prometheus, $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_folder, "tsdb")}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{Programs.FreePort()}"));
    }

    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        _started.Add(process);
    }

    private static async Task<List<JsonObject>> ListAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonObject>(path, Token))!["items"]!.AsArray().Select(one => one!.AsObject())];

    private static async Task<float?> NewestAsync(HttpClient client, int host, int entity, string metric)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var answer = await client.GetFromJsonAsync<JsonObject>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/series?s={host}:{entity}:{metric}&from={now - 60_000}&to={now}&points=60"), Token);
        return answer!["series"]![0]!["mean"]!.AsArray().LastOrDefault(value => value is not null)?.GetValue<float>();
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, "it did not appear in time");
            await Task.Delay(TimeSpan.FromMilliseconds(300), Token);
        }
    }

    private static async Task<float> UntilAsync(Func<Task<float?>> ask) => (float)await UntilAsync(async () => (object?)await ask());
}
