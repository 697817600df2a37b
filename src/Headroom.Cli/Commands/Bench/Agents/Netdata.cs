using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Headroom.Storage.Provisioning;

namespace Headroom.Cli.Commands.Bench.Agents;

/// <summary>Netdata with its default collection, in folders of its own, on the loopback address.</summary>
internal sealed class Netdata : CollectingProgram
{
    private readonly string _program;
    private readonly int _port = FreePort.Choose();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };

    private Netdata(string program)
        : base("netdata") => _program = program;

    public static Netdata? IfInstalled() => Installed("netdata") is { } program ? new Netdata(program) : null;

    /// <summary>Counts the dimensions of all charts, each of which netdata reads every second.</summary>
    public override async Task CountMetricsAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/api/v1/charts"));
        using var charts = JsonDocument.Parse(await _client.GetStringAsync(address, cancellationToken));
        MetricsPerSecond = charts.RootElement.GetProperty("charts").EnumerateObject()
            .Sum(chart => chart.Value.GetProperty("dimensions").EnumerateObject().Count() / chart.Value.GetProperty("update_every").GetDouble());
    }

    protected override ProcessStartInfo Command()
    {
        foreach (var folder in new[] { "config", "cache", "lib", "log" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, folder));
        }

        var configuration = Path.Combine(Folder, "config", "netdata.conf");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            [global]
              run as user = {Environment.UserName}
            [directories]
              config = {Folder}/config
              cache = {Folder}/cache
              lib = {Folder}/lib
              log = {Folder}/log
            [web]
              bind to = 127.0.0.1:{_port}
            """));
        return Quiet(_program, "-D", "-c", configuration, "-u", Environment.UserName);
    }
}
