using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Cli.Commands.Bench.Load;

/// <summary>
/// People with a live page open: each follows the live stream of one workload, opens its page anew now and then, and has the data of the
/// fleet and of eight charts read every few seconds, over the addresses that the pages themselves use.
/// </summary>
internal sealed class LoadPeople(HttpClient server)
{
    private const int SeriesPerPage = 8;
    private const int LivePoints = 600;
    private const int OpensEvery = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Range = TimeSpan.FromMinutes(15);

    private int _livePoints;

    /// <summary>Events that arrived over live streams.</summary>
    public int LiveEvents => Volatile.Read(ref _livePoints);

    /// <summary>Looks at pages until cancelled.</summary>
    public async Task<Latencies> LookAsync(int people, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var hosts = await server.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/hosts?limit={people}", UriKind.Relative), cancellationToken);
        await Task.WhenAll(hosts.GetProperty("items").EnumerateArray().Select(host => host.GetProperty("id").GetInt32()).Take(people)
            .Select(host => LookAsync(host, latencies, cancellationToken)));
        return latencies;
    }

    private async Task LookAsync(int host, Latencies latencies, CancellationToken cancellationToken)
    {
        try
        {
            var entities = await server.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/hosts/{host}/entities?kind=Workload", UriKind.Relative), cancellationToken);
            var entity = entities.GetProperty("items")[0].GetProperty("id").GetInt32();
            var metrics = string.Join(',', MetricCatalogue.Current.For(EntityKind.Workload).Take(SeriesPerPage).Select(metric => metric.Name));
            var series = string.Create(CultureInfo.InvariantCulture, $"s={host}:{entity}:{metrics}");
            var live = FollowAsync(series, cancellationToken);
            for (var turn = 0; ; turn++)
            {
                if (turn % OpensEvery == 0)
                {
                    await GetAsync($"/hosts/{host}", latencies, cancellationToken);
                }

                var to = TimeProvider.System.GetUtcNow();
                await GetAsync("/api/v1/fleet", latencies, cancellationToken);
                await GetAsync(
                    string.Create(CultureInfo.InvariantCulture, $"/api/v1/series?{series}&from={(to - Range).ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}&points={LivePoints}"),
                    latencies, cancellationToken);
                if (live.IsFaulted)
                {
                    await live;
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Looked long enough.
        }
    }

    private async Task GetAsync(string address, Latencies latencies, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await server.GetAsync(new Uri(address, UriKind.Relative), cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
        response.EnsureSuccessStatusCode();
        latencies.Add(Stopwatch.GetElapsedTime(started));
    }

    private async Task FollowAsync(string series, CancellationToken cancellationToken)
    {
        using var response = await server.GetAsync(new Uri($"/api/v1/live?{series}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _livePoints);
            }
        }
    }
}
