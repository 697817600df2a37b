using System.Diagnostics;
using System.Globalization;
using Headroom.Storage.Provisioning;

namespace Headroom.Cli.Commands.Bench.Agents;

/// <summary>Prometheus' node exporter with its default collectors, scraped every second as it would be for the same resolution.</summary>
internal sealed class NodeExporter : CollectingProgram
{
    private readonly string _program;
    private readonly int _port = FreePort.Choose();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };

    private NodeExporter(string program)
        : base("prometheus-node-exporter") => _program = program;

    public static NodeExporter? IfInstalled() => Installed("prometheus-node-exporter") is { } program ? new NodeExporter(program) : null;

    public override async Task CountMetricsAsync(CancellationToken cancellationToken) =>
        MetricsPerSecond = (await ScrapeAsync(cancellationToken)).Split('\n').Count(line => line.Length > 0 && line[0] != '#');

    public override Task EachSecondAsync(CancellationToken cancellationToken) => ScrapeAsync(cancellationToken);

    protected override ProcessStartInfo Command() =>
        Quiet(_program, string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{_port}"));

    private Task<string> ScrapeAsync(CancellationToken cancellationToken) =>
        _client.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/metrics")), cancellationToken);
}
