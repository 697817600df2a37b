using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Storage.Provisioning;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>Debian's prometheus with its node exporter, writing to the real server as it comes from the package.</summary>
public sealed class PrometheusTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IDisposable
{
    private const string Prometheus = "/usr/bin/prometheus";
    private const string NodeExporter = "/usr/bin/prometheus-node-exporter";
    private const string HostName = "seen-by-prometheus";
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
        var host = await Patience.UntilAsync("the host", async () => (await ListAsync(client, "/api/v1/hosts")).FirstOrDefault(one => one["name"]!.GetValue<string>() == HostName));
        var hostId = host["id"]!.GetValue<int>();
        var cpus = Processors();
        var entities = await Patience.UntilAsync("every CPU", async () =>
        {
            var list = await ListAsync(client, $"/api/v1/hosts/{hostId}/entities");
            return list.Count(one => one["kind"]!.GetValue<string>() == "Cpu") == cpus ? list : null;
        });
        Assert.Contains(entities, one => one["kind"]!.GetValue<string>() == "NetworkInterface" && one["key"]!.GetValue<string>() == "lo");

        var entityId = entities.Single(one => one["kind"]!.GetValue<string>() == "Host")["id"]!.GetValue<int>();
        Task<float> Newest(string metric) => NumberAsync(metric, () => NewestAsync(client, hostId, entityId, metric));
        Assert.True(await Newest("system.linux.load.1m") >= 0);
        Assert.InRange(await Newest("system.cpu.utilization"), 0f, 1f);
        Assert.InRange(await Newest("system.memory.utilization"), 0f, 1f);
        Assert.Equal(cpus, await Newest("system.cpu.logical.count"));
        Assert.Equal(MemTotal(), await Newest("system.memory.limit"), 1e-6 * MemTotal());
    }

    /// <summary>All of the machine, as the exporter sees them; .NET counts those that this process may use.</summary>
    private static int Processors() => File.ReadLines("/proc/stat").Count(line => line.StartsWith("cpu", StringComparison.Ordinal) && char.IsAsciiDigit(line[3]));

    private static float MemTotal() => 1024f * float.Parse(
        File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private int StartNodeExporter()
    {
        var port = FreePort.Choose();
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
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{FreePort.Choose()}"));
    }

    private void Start(string program, params string[] arguments) => _started.Add(Programs.StartQuietly(program, arguments));

    private static async Task<List<JsonObject>> ListAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonObject>(path, Token))!["items"]!.AsArray().Select(one => one!.AsObject())];

    private static async Task<float?> NewestAsync(HttpClient client, int host, int entity, string metric)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var answer = await client.GetFromJsonAsync<JsonObject>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/series?s={host}:{entity}:{metric}&from={now - 300_000}&to={now}&points=300"), Token);
        return answer!["series"]![0]!["mean"]!.AsArray().LastOrDefault(value => value is not null)?.GetValue<float>();
    }

    private static async Task<float> NumberAsync(string what, Func<Task<float?>> ask) => (float)await Patience.UntilAsync(what, async () => (object?)await ask());
}
