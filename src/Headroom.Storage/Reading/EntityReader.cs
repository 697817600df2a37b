using System.Text.Json;
using Headroom.Telemetry.Catalogue;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>An entity of a host.</summary>
/// <param name="FirstSeenAt">When its first frame was stored.</param>
/// <param name="LastSeenAt">When a batch last named it, exact to about a minute.</param>
public sealed record EntitySummary(
    int HostId,
    int EntityId,
    EntityKind Kind,
    string Key,
    string Name,
    string? ParentKey,
    IReadOnlyDictionary<string, string> Attributes,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt);

/// <summary>An entity with its newest values.</summary>
/// <param name="At">Time of the values; null when it sent nothing lately.</param>
/// <param name="Values">One per metric asked for, in that order; null where missing.</param>
public sealed record EntityLatest(EntitySummary Entity, DateTimeOffset? At, IReadOnlyList<float?> Values);

/// <summary>What a host runs and holds: workloads, GPUs, disks, CPUs, and their newest values.</summary>
public sealed class EntityReader(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>Entities of a host named by a batch since <paramref name="seenSince"/> (null for ever), by kind and name; at most 10,000.</summary>
    /// <param name="kind">One kind only, or null for all.</param>
    public async Task<IReadOnlyList<EntitySummary>> ListAsync(int hostId, EntityKind? kind, DateTimeOffset? seenSince, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT host_id, entity_id, kind, key, name, parent_key, attributes::text, first_seen_at, last_seen_at FROM entities
            WHERE host_id = $1 AND ($2::smallint IS NULL OR kind = $2) AND ($3::timestamptz IS NULL OR last_seen_at >= $3)
            ORDER BY kind, name, entity_id LIMIT 10000
            """);
        command.Parameters.Add(new() { Value = hostId });
        command.Parameters.Add(new() { Value = kind is { } one ? (short)one : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Smallint });
        command.Parameters.Add(new() { Value = seenSince is { } since ? since.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var entities = new List<EntitySummary>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            entities.Add(ReadSummary(reader));
        }

        return entities;
    }

    /// <summary>One entity, or null when the host has none of that id.</summary>
    public async Task<EntitySummary?> FindAsync(int hostId, int entityId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT host_id, entity_id, kind, key, name, parent_key, attributes::text, first_seen_at, last_seen_at FROM entities WHERE host_id = $1 AND entity_id = $2");
        command.Parameters.Add(new() { Value = hostId });
        command.Parameters.Add(new() { Value = entityId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? ReadSummary(reader) : null;
    }

    /// <summary>The entities of a kind that were seen within <paramref name="window"/>, with their newest values: the workloads table of a host.</summary>
    /// <exception cref="InvalidQueryException">The catalogue has no such metric for that kind.</exception>
    public async Task<IReadOnlyList<EntityLatest>> ReadLatestAsync(int hostId, EntityKind kind, IReadOnlyList<string> metrics, TimeSpan window, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - window;
        // The time an entity was last seen is written at most once a minute.
        var entities = await ListAsync(hostId, kind, since.AddMinutes(-2), cancellationToken).ConfigureAwait(false);
        var latest = await LatestRows.ReadAsync(dataSource, entities.Select(entity => (entity.HostId, entity.EntityId)).ToList(), LatestRows.Ordinals(kind, metrics), since, cancellationToken).ConfigureAwait(false);
        return entities
            .Select(entity => latest.TryGetValue((entity.HostId, entity.EntityId), out var row)
                ? new EntityLatest(entity, row.At, row.Values)
                : new EntityLatest(entity, null, new float?[metrics.Count]))
            .ToList();
    }

    private static EntitySummary ReadSummary(NpgsqlDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetInt32(1),
        (EntityKind)reader.GetInt16(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(6))!,
        reader.GetFieldValue<DateTimeOffset>(7),
        reader.GetFieldValue<DateTimeOffset>(8));
}
