using Headroom.Storage.Blocks;
using Headroom.Storage.Maintenance;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>The values of one entity second by second.</summary>
/// <param name="Seconds">One vector per second of the window by catalogue ordinal; null where no frame was stored.</param>
public sealed record EntityWindow(int HostId, int EntityId, string Key, string Name, IReadOnlyList<MetricVector?> Seconds);

/// <summary>Per-second windows of what ran side by side on a host: what the interference models look at.</summary>
public sealed class WindowReader(NpgsqlDataSource dataSource)
{
    private const int MaxSeconds = 3600;

    /// <summary>The window [from, from + seconds) of every entity of a kind on the host that has at least one frame in it, by entity id. A target and its neighbours share one clock.</summary>
    /// <exception cref="InvalidQueryException">The window is empty or longer than an hour.</exception>
    public async Task<IReadOnlyList<EntityWindow>> ReadAsync(int hostId, EntityKind kind, DateTimeOffset from, int seconds, CancellationToken cancellationToken)
    {
        if (seconds is < 1 or > MaxSeconds)
        {
            throw new InvalidQueryException($"a window of {seconds} s was asked for, expected 1 to {MaxSeconds}");
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var window = new WindowFill(hostId, from, seconds, MetricCatalogue.Current.For(kind).Count);
        await ReadRowsAsync(connection, window, hostId, kind, from, seconds, cancellationToken).ConfigureAwait(false);
        await ReadBlocksAsync(connection, window, hostId, kind, from, seconds, cancellationToken).ConfigureAwait(false);
        return window.Windows;
    }

    private static async Task ReadRowsAsync(NpgsqlConnection connection, WindowFill window, int hostId, EntityKind kind, DateTimeOffset from, int seconds, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            """
            SELECT e.entity_id, e.key, e.name, s.at, s.readings FROM samples AS s
            JOIN entities AS e ON e.host_id = s.host_id AND e.entity_id = s.entity_id
            WHERE s.host_id = $1 AND e.host_id = $1 AND e.kind = $2 AND s.at >= $3 AND s.at < $4
            """,
            hostId,
            kind,
            from,
            seconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var readings = await reader.GetFieldValueAsync<float?[]>(4, cancellationToken).ConfigureAwait(false);
            var vector = window.VectorAt(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetDateTime(3).Ticks, readings.Length);
            for (var i = 0; i < readings.Length; i++)
            {
                vector[i] = readings[i] ?? vector[i];
            }
        }
    }

    private static async Task ReadBlocksAsync(NpgsqlConnection connection, WindowFill window, int hostId, EntityKind kind, DateTimeOffset from, int seconds, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            """
            SELECT e.entity_id, e.key, e.name, b.hour, b.metric, b.payload FROM sample_blocks AS b
            JOIN entities AS e ON e.host_id = b.host_id AND e.entity_id = b.entity_id
            WHERE b.host_id = $1 AND e.host_id = $1 AND e.kind = $2 AND b.hour >= date_trunc('hour', $3, 'UTC') AND b.hour < $4
            ORDER BY b.entity_id, b.hour, b.metric
            """,
            hostId,
            kind,
            from,
            seconds);
        // The times of an hour come before its values: their metric is -1.
        var times = Array.Empty<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var (hour, metric, payload) = (reader.GetDateTime(3), reader.GetInt16(4), reader.GetFieldValue<byte[]>(5));
            if (metric == EntityHour.TimesMetric)
            {
                times = TimeBlock.Read(payload);
                continue;
            }

            var column = MetricBlock.Read(payload);
            for (var row = 0; row < times.Length; row++)
            {
                var ticks = hour.Ticks + (times[row] * TimeSpan.TicksPerMicrosecond);
                if (column.Present[row] && window.Covers(ticks))
                {
                    var vector = window.VectorAt(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), ticks, metric + 1);
                    vector[metric] ??= column.Values[row];
                }
            }
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, int hostId, EntityKind kind, DateTimeOffset from, int seconds) => new(sql, connection)
    {
        Parameters =
        {
            new() { Value = hostId },
            new() { Value = (short)kind },
            new() { Value = from.UtcDateTime },
            new() { Value = from.AddSeconds(seconds).UtcDateTime },
        },
    };
}
