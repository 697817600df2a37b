using System.Diagnostics;
using Headroom.Client;
using Headroom.Client.Series;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Cli.Commands.Bench.Load;

/// <summary>
/// People with a live page open: each follows the live stream of one workload, opens its page anew now and then, and has the data of the
/// fleet and of eight charts read every few seconds, over the addresses that the pages themselves use.
/// </summary>
internal sealed class LoadPeople(HeadroomClient server)
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
        var hosts = await server.Hosts.ListAsync(cancellationToken).Take(people).ToArrayAsync(cancellationToken);
        await Task.WhenAll(hosts.Select(host => LookAsync(host.Id, latencies, cancellationToken)));
        return latencies;
    }

    private async Task LookAsync(int host, Latencies latencies, CancellationToken cancellationToken)
    {
        try
        {
            var entity = await server.Hosts.EntitiesAsync(host, nameof(EntityKind.Workload), cancellationToken).FirstAsync(cancellationToken);
            string[] metrics = [.. MetricCatalogue.Current.For(EntityKind.Workload).Take(SeriesPerPage).Select(metric => metric.Name)];
            var series = Question(host, entity.Id, metrics);
            var live = FollowAsync(series, cancellationToken);
            for (var turn = 0; ; turn++)
            {
                if (turn % OpensEvery == 0)
                {
                    await GetAsync($"/hosts/{host}", latencies, cancellationToken);
                }

                await GetAsync("/api/v1/fleet", latencies, cancellationToken);
                await GetAsync(Question(host, entity.Id, metrics).Address, latencies, cancellationToken);
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

    private static SeriesQuestion Question(int host, int entity, string[] metrics)
    {
        var to = TimeProvider.System.GetUtcNow();
        return new SeriesQuestion(host, entity, metrics, to - Range, to, LivePoints);
    }

    private async Task GetAsync(string address, Latencies latencies, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await server.Calls.OpenAsync(address, HttpCompletionOption.ResponseContentRead, cancellationToken);
        latencies.Add(Stopwatch.GetElapsedTime(started));
    }

    private async Task FollowAsync(SeriesQuestion series, CancellationToken cancellationToken)
    {
        await foreach (var _ in server.Series.FollowAsync(series, cancellationToken))
        {
            Interlocked.Increment(ref _livePoints);
        }
    }
}
