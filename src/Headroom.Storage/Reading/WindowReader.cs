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

        var length = MetricCatalogue.Current.For(kind).Count;
        await using var command = dataSource.CreateCommand(
            """
            SELECT e.entity_id, e.key, e.name, s.at, s.readings FROM samples AS s
            JOIN entities AS e ON e.host_id = s.host_id AND e.entity_id = s.entity_id
            WHERE s.host_id = $1 AND e.host_id = $1 AND e.kind = $2 AND s.at >= $3 AND s.at < $4
            """);
        command.Parameters.Add(new() { Value = hostId });
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = from.UtcDateTime });
        command.Parameters.Add(new() { Value = from.AddSeconds(seconds).UtcDateTime });
        var windows = new SortedDictionary<int, EntityWindow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var entity = reader.GetInt32(0);
            if (!windows.TryGetValue(entity, out var window))
            {
                windows[entity] = window = new EntityWindow(hostId, entity, reader.GetString(1), reader.GetString(2), new MetricVector?[seconds]);
            }

            var second = (int)((reader.GetDateTime(3).Ticks - from.UtcTicks) / TimeSpan.TicksPerSecond);
            ((MetricVector?[])window.Seconds)[second] = ToVector(await reader.GetFieldValueAsync<float?[]>(4, cancellationToken).ConfigureAwait(false), length);
        }

        return windows.Values.ToList();
    }

    private static MetricVector ToVector(float?[] readings, int length)
    {
        var vector = new MetricVector(Math.Max(length, readings.Length));
        for (var i = 0; i < readings.Length; i++)
        {
            vector[i] = readings[i];
        }

        return vector;
    }
}
