using Headroom.Telemetry.Catalogue;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>What the fleet page wants to know of every host.</summary>
/// <param name="Metrics">Names of host metrics whose newest values are wanted.</param>
/// <param name="SparklineMetric">Host metric to draw.</param>
/// <param name="SparklineRange">How far back the sparkline goes.</param>
/// <param name="SparklinePoints">Width of the sparkline.</param>
public sealed record FleetRequest(IReadOnlyList<string> Metrics, string SparklineMetric, TimeSpan SparklineRange, int SparklinePoints);

/// <summary>One host of the fleet.</summary>
/// <param name="LastFrameAt">Time of its newest stored frame; null when it never sent one.</param>
/// <param name="HostEntityId">The entity that stands for the host itself, for its series; null before its first frame.</param>
/// <param name="Latest">Newest value per metric asked for, in that order, not older than five minutes; null where missing.</param>
/// <param name="Sparkline">Bucket means, oldest first; null where there is no data.</param>
/// <param name="Gaps">Frames dropped or refused within the sparkline's range.</param>
/// <param name="WorkloadCount">Workloads seen within the last three minutes.</param>
/// <param name="GpuCount">GPUs seen within the last three minutes.</param>
public sealed record FleetHost(
    int HostId,
    string Key,
    string Name,
    DateTimeOffset? LastFrameAt,
    int? HostEntityId,
    IReadOnlyList<float?> Latest,
    DateTimeOffset SparklineFrom,
    TimeSpan SparklineBucket,
    IReadOnlyList<float?> Sparkline,
    IReadOnlyList<Gap> Gaps,
    int WorkloadCount,
    int GpuCount);

/// <summary>Every host at a glance.</summary>
public sealed class FleetReader(NpgsqlDataSource dataSource, SeriesReader series, TimeProvider clock, Microsoft.Extensions.Options.IOptions<StorageOptions> options)
{
    private static readonly TimeSpan LatestWindow = TimeSpan.FromMinutes(5);

    /// <summary>All hosts by name.</summary>
    /// <exception cref="InvalidQueryException">The catalogue has no such host metric.</exception>
    public async Task<IReadOnlyList<FleetHost>> ReadAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ordinals = LatestRows.Ordinals(EntityKind.Host, request.Metrics);
        var hosts = await ReadHostsAsync(now, cancellationToken).ConfigureAwait(false);
        var withEntity = hosts.Where(host => host.EntityId is not null).ToList();
        var latest = await LatestRows.ReadAsync(dataSource, withEntity.Select(host => (host.HostId, host.EntityId!.Value)).ToList(), ordinals, now - LatestWindow, cancellationToken).ConfigureAwait(false);
        var sparklines = new Dictionary<int, Series>();
        foreach (var page in withEntity.Chunk(options.Value.MaxSeries))
        {
            var wanted = page.Select(host => new SeriesRequest(host.HostId, host.EntityId!.Value, request.SparklineMetric, now - request.SparklineRange, now, request.SparklinePoints)).ToList();
            foreach (var (asked, answer) in wanted.Zip(await series.ReadAsync(wanted, cancellationToken).ConfigureAwait(false)))
            {
                sparklines[asked.HostId] = answer;
            }
        }

        return hosts.Select(host =>
        {
            var sparkline = sparklines.GetValueOrDefault(host.HostId);
            var values = host.EntityId is { } entity && latest.TryGetValue((host.HostId, entity), out var row) ? row.Values : new float?[ordinals.Length];
            return new FleetHost(host.HostId, host.Key, host.Name, host.LastFrameAt, host.EntityId, values, sparkline?.From ?? now, sparkline?.Bucket ?? TimeSpan.Zero, sparkline?.Mean ?? [], sparkline?.Gaps ?? [], host.Workloads, host.Gpus);
        }).ToList();
    }

    private async Task<List<HostLine>> ReadHostsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT h.host_id, h.key, h.name,
                (SELECT max(last_frame_at) FROM agent_epochs WHERE host_id = h.host_id),
                (SELECT entity_id FROM entities WHERE host_id = h.host_id AND kind = $1 ORDER BY last_seen_at DESC LIMIT 1),
                (SELECT count(*) FROM entities WHERE host_id = h.host_id AND kind = $2 AND last_seen_at >= $4)::integer,
                (SELECT count(*) FROM entities WHERE host_id = h.host_id AND kind = $3 AND last_seen_at >= $4)::integer
            FROM hosts AS h ORDER BY h.name, h.host_id
            """);
        command.Parameters.Add(new() { Value = (short)EntityKind.Host });
        command.Parameters.Add(new() { Value = (short)EntityKind.Workload });
        command.Parameters.Add(new() { Value = (short)EntityKind.Gpu });
        command.Parameters.Add(new() { Value = now.AddMinutes(-3).UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var hosts = new List<HostLine>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            hosts.Add(new HostLine(
                reader.GetInt32(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4),
                reader.GetInt32(5),
                reader.GetInt32(6)));
        }

        return hosts;
    }

    private sealed record HostLine(int HostId, string Key, string Name, DateTimeOffset? LastFrameAt, int? EntityId, int Workloads, int Gpus);
}
