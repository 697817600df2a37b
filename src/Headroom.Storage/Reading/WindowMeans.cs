using System.Globalization;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>What a metric did over a window.</summary>
public readonly record struct WindowValue(double Mean, double Max, double Min);

/// <summary>Some metrics of one entity over a window.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Name">Name of the entity.</param>
/// <param name="Values">One per metric asked for, in that order; null where nothing was measured.</param>
public sealed record EntityWindowMeans(int HostId, int EntityId, string Host, string Name, IReadOnlyList<WindowValue?> Values);

/// <summary>The newest minutes of every entity of a kind in one question: what rules are held against.</summary>
public sealed class WindowMeans(NpgsqlDataSource dataSource, IOptions<StorageOptions> options)
{
    /// <summary>The time an entity was last seen is written at most once a minute; and one that was silent for a while is still worth a "no data".</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>Longest window: what is younger is never compacted.</summary>
    public TimeSpan Longest => options.Value.CompactionDelay;

    /// <summary>Means over [from, to) of every entity of a kind that was seen lately, by host and entity.</summary>
    /// <exception cref="InvalidQueryException">The catalogue has no such metric for that kind, or the window is longer than <see cref="Longest"/>.</exception>
    public async Task<IReadOnlyList<EntityWindowMeans>> ReadAsync(EntityKind kind, IReadOnlyList<string> metrics, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (to <= from || to - from > Longest)
        {
            throw new InvalidQueryException($"a window of {(to - from).TotalSeconds} s was asked for, expected more than 0 and at most {Longest.TotalSeconds} s ({StorageOptions.SectionName}:{nameof(StorageOptions.CompactionDelay)})");
        }

        var columns = LatestRows.Ordinals(kind, metrics).Select(ordinal => string.Create(CultureInfo.InvariantCulture, $"readings[{ordinal + 1}]")).ToArray();
        var sums = string.Join(", ", columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"avg({column})::double precision AS mean{i}, max({column}) AS max{i}, min({column}) AS min{i}")));
        var names = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"w.mean{i}, w.max{i}, w.min{i}")));
        await using var command = dataSource.CreateCommand(
            $"""
            SELECT e.host_id, e.entity_id, h.name, e.name, {names}
            FROM entities AS e JOIN hosts AS h ON h.host_id = e.host_id
            CROSS JOIN LATERAL (SELECT {sums} FROM samples WHERE host_id = e.host_id AND entity_id = e.entity_id AND at >= $2 AND at < $3) AS w
            WHERE e.kind = $1 AND e.last_seen_at >= $4
            ORDER BY e.host_id, e.entity_id
            """);
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = from.UtcDateTime });
        command.Parameters.Add(new() { Value = to.UtcDateTime });
        command.Parameters.Add(new() { Value = (from - Remembered).UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<EntityWindowMeans>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var values = columns.Select((_, i) => reader.IsDBNull(4 + (3 * i)) ? (WindowValue?)null : new WindowValue(reader.GetDouble(4 + (3 * i)), reader.GetFloat(5 + (3 * i)), reader.GetFloat(6 + (3 * i))));
            found.Add(new EntityWindowMeans(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), [.. values]));
        }

        return found;
    }
}
