using System.Globalization;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>Reads rows that are not compacted (yet) into buckets, and says up to where they reach.</summary>
internal static class RowSources
{
    /// <summary>Values of every second within [from, to).</summary>
    public static async Task<DateTimeOffset> ReadSamplesAsync(NpgsqlConnection connection, EntityQuestion question, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", question.Ordinals.Select(ordinal => Element("readings", ordinal)));
        await using var command = new NpgsqlCommand($"SELECT at, {columns} FROM samples WHERE host_id = $1 AND entity_id = $2 AND at >= $3 AND at < $4", connection);
        AddRange(command, question, from, to);
        var reach = from;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var at = reader.GetDateTime(0);
            for (var i = 0; i < question.Ordinals.Length; i++)
            {
                if (!reader.IsDBNull(i + 1))
                {
                    var value = reader.GetFloat(i + 1);
                    question.Buckets[i].Add(at.Ticks, value, value, value, 1);
                }
            }

            reach = Later(reach, at, 1);
        }

        return reach;
    }

    /// <summary>Roll-ups within [from, to), of hours that are not compacted or, for 1 h, of all.</summary>
    public static async Task<DateTimeOffset> ReadRollUpsAsync(NpgsqlConnection connection, EntityQuestion question, Resolution resolution, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", question.Ordinals.Select(ordinal => $"{Element("minimum", ordinal)}, {Element("maximum", ordinal)}, {Element("mean", ordinal)}, {Element("count", ordinal)}"));
        var table = resolution == Resolution.Hour ? "rollup_hours WHERE" : string.Create(CultureInfo.InvariantCulture, $"rollups WHERE resolution_seconds = {resolution.Seconds} AND");
        await using var command = new NpgsqlCommand($"SELECT at, {columns} FROM {table} host_id = $1 AND entity_id = $2 AND at >= $3 AND at < $4", connection);
        AddRange(command, question, from, to);
        var reach = from;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var at = reader.GetDateTime(0);
            for (var i = 0; i < question.Ordinals.Length; i++)
            {
                var column = 1 + (4 * i);
                if (!reader.IsDBNull(column))
                {
                    question.Buckets[i].Add(at.Ticks, reader.GetFloat(column), reader.GetFloat(column + 1), reader.GetFloat(column + 2), reader.GetInt32(column + 3));
                }
            }

            reach = Later(reach, at, resolution.Seconds);
        }

        return reach;
    }

    private static string Element(string array, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{array}[{ordinal + 1}]");

    private static DateTimeOffset Later(DateTimeOffset reach, DateTime at, int seconds)
    {
        var end = new DateTimeOffset(at, TimeSpan.Zero).AddSeconds(seconds);
        return end > reach ? end : reach;
    }

    private static void AddRange(NpgsqlCommand command, EntityQuestion question, DateTimeOffset from, DateTimeOffset to)
    {
        command.Parameters.Add(new() { Value = question.HostId });
        command.Parameters.Add(new() { Value = question.EntityId });
        command.Parameters.Add(new() { Value = from.UtcDateTime });
        command.Parameters.Add(new() { Value = to.UtcDateTime });
    }
}
