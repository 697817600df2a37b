using Headroom.Storage.Blocks;
using Headroom.Storage.Maintenance;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>Reads compacted hours into buckets, and says up to where they reach.</summary>
internal static class BlockSources
{
    /// <summary>Values of every second within [from, to).</summary>
    public static async Task<DateTimeOffset> ReadSamplesAsync(NpgsqlConnection connection, EntityQuestion question, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = Select(connection, "sample_blocks", "", question, [.. question.Ordinals.Select(ordinal => (short)ordinal), EntityHour.TimesMetric], from, to);
        var reach = from;
        // The times of an hour come first: their metric is -1.
        var times = Array.Empty<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var (metric, hour, payload) = (reader.GetInt16(0), reader.GetDateTime(1), reader.GetFieldValue<byte[]>(2));
            if (metric == EntityHour.TimesMetric)
            {
                times = TimeBlock.Read(payload);
                reach = Later(reach, hour, to);
                continue;
            }

            var column = MetricBlock.Read(payload);
            for (var row = 0; row < times.Length; row++)
            {
                var ticks = hour.Ticks + (times[row] * TimeSpan.TicksPerMicrosecond);
                if (column.Present[row] && ticks >= from.UtcTicks && ticks < to.UtcTicks)
                {
                    Add(question, metric, ticks, column.Values[row], column.Values[row], column.Values[row], 1);
                }
            }
        }

        return reach;
    }

    /// <summary>Roll-ups within [from, to).</summary>
    public static async Task<DateTimeOffset> ReadRollUpsAsync(NpgsqlConnection connection, EntityQuestion question, Resolution resolution, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var condition = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"AND resolution_seconds = {resolution.Seconds}");
        await using var command = Select(connection, "rollup_blocks", condition, question, [.. question.Ordinals.Select(ordinal => (short)ordinal)], from, to);
        var reach = from;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var (metric, hour, column) = (reader.GetInt16(0), reader.GetDateTime(1), RollUpBlock.Read(reader.GetFieldValue<byte[]>(2)));
            for (var bucket = 0; bucket < column.Count.Length; bucket++)
            {
                var ticks = hour.Ticks + (bucket * resolution.Seconds * TimeSpan.TicksPerSecond);
                if (ticks >= from.UtcTicks && ticks < to.UtcTicks)
                {
                    Add(question, metric, ticks, column.Min[bucket], column.Max[bucket], column.Mean[bucket], column.Count[bucket]);
                }
            }

            reach = Later(reach, hour, to);
        }

        return reach;
    }

    private static void Add(EntityQuestion question, short metric, long ticks, float min, float max, float mean, int count)
    {
        for (var i = 0; i < question.Ordinals.Length; i++)
        {
            if (question.Ordinals[i] == metric)
            {
                question.Buckets[i].Add(ticks, min, max, mean, count);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset reach, DateTime hour, DateTimeOffset to)
    {
        var end = new DateTimeOffset(hour, TimeSpan.Zero).AddHours(1);
        end = end < to ? end : to;
        return end > reach ? end : reach;
    }

    private static NpgsqlCommand Select(NpgsqlConnection connection, string table, string condition, EntityQuestion question, short[] metrics, DateTimeOffset from, DateTimeOffset to) =>
        new($"SELECT metric, hour, payload FROM {table} WHERE host_id = $1 AND entity_id = $2 AND metric = ANY($3) AND hour >= date_trunc('hour', $4, 'UTC') AND hour < $5 {condition} ORDER BY hour, metric", connection)
        {
            Parameters =
            {
                new() { Value = question.HostId },
                new() { Value = question.EntityId },
                new() { Value = metrics },
                new() { Value = from.UtcDateTime },
                new() { Value = to.UtcDateTime },
            },
        };
}
