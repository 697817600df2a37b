using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Headroom.Storage.Provisioning;

namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>Debian's Prometheus as a rival: an empty one that takes remote write; gone when the bench ends.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PrometheusServer(Process process, string folder, HttpClient client) => (_process, Folder, Client) = (process, folder, client);

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Its data.</summary>
    public string Folder { get; }

    /// <summary>Speaks to it.</summary>
    public HttpClient Client { get; }

    public static async Task<PrometheusServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("headroom-bench-prometheus-").FullName;
        var configuration = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, "global: { scrape_interval: 1h }\n", cancellationToken);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Choose()}");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", Path.Combine(folder, "log"), Program,
            $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address={address}",
            "--web.enable-remote-write-receiver", "--web.enable-admin-api", "--log.level=warn"]);
        var server = new PrometheusServer(Process.Start(start)!, folder, new HttpClient { BaseAddress = new Uri($"http://{address}"), Timeout = TimeSpan.FromMinutes(10) });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            try
            {
                using var ready = await server.Client.GetAsync(new Uri("/-/ready", UriKind.Relative), limit.Token);
                if (ready.IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException) when (!server._process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    /// <summary>Sends a remote write body.</summary>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task WriteAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        using var response = await Client.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"Prometheus answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
