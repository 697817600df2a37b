using System.Collections.Concurrent;
using System.Text.Json;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Npgsql;

namespace Headroom.Storage.Writing;

/// <summary>
/// Gives every (host, kind, key) its lasting id. Known entities come from memory; new, changed and long-untouched ones are written
/// in the caller's transaction and remembered only after it was committed.
/// </summary>
internal sealed class EntityIds(TimeSpan touchInterval)
{
    private const int MaxRemembered = 500_000;

    private readonly ConcurrentDictionary<EntityKey, Known> _known = new();

    internal readonly record struct EntityKey(int HostId, EntityKind Kind, string Key);

    internal sealed record Known(int EntityId, EntityDescriptor Descriptor, DateTimeOffset TouchedAt);

    /// <summary>Ids for every descriptor. Hand the result to <see cref="Remember"/> after the commit.</summary>
    public async Task<Dictionary<EntityKey, Known>> ResolveAsync(NpgsqlConnection connection, IEnumerable<(int HostId, EntityDescriptor Descriptor)> entities, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<EntityKey, Known>();
        var stale = new Dictionary<EntityKey, EntityDescriptor>();
        foreach (var (hostId, descriptor) in entities)
        {
            var key = new EntityKey(hostId, descriptor.Kind, descriptor.Key);
            if (_known.TryGetValue(key, out var known) && now - known.TouchedAt < touchInterval && SaysTheSame(known.Descriptor, descriptor))
            {
                resolved.TryAdd(key, known);
            }
            else
            {
                stale[key] = descriptor;
            }
        }

        if (stale.Count > 0)
        {
            await StoreAsync(connection, Update, stale, resolved, now, cancellationToken).ConfigureAwait(false);
            var missing = stale.Where(entity => !resolved.ContainsKey(entity.Key)).ToDictionary();
            if (missing.Count > 0)
            {
                await StoreAsync(connection, Insert, missing, resolved, now, cancellationToken).ConfigureAwait(false);
            }
        }

        return resolved;
    }

    /// <summary>Remembers ids whose transaction was committed.</summary>
    public void Remember(Dictionary<EntityKey, Known> resolved)
    {
        if (_known.Count > MaxRemembered)
        {
            _known.Clear();
        }

        foreach (var (key, known) in resolved)
        {
            _known[key] = known;
        }
    }

    private const string Rows = "unnest($1, $2, $3, $4, $5, $6) AS new (host_id, kind, key, name, parent_key, attributes)";

    private const string Update =
        $"""
        UPDATE entities AS old SET name = new.name, parent_key = new.parent_key, attributes = new.attributes::jsonb, last_seen_at = greatest(old.last_seen_at, $7)
        FROM {Rows}
        WHERE old.host_id = new.host_id AND old.kind = new.kind AND old.key = new.key
        RETURNING old.host_id, old.kind, old.key, old.entity_id
        """;

    // Another writer may insert the same entity between our update and our insert: then this one takes its id.
    private const string Insert =
        $"""
        INSERT INTO entities (host_id, kind, key, name, parent_key, attributes, first_seen_at, last_seen_at)
        SELECT host_id, kind, key, name, parent_key, attributes::jsonb, $7, $7 FROM {Rows} ORDER BY host_id, kind, key
        ON CONFLICT (host_id, kind, key) DO UPDATE SET last_seen_at = excluded.last_seen_at
        RETURNING host_id, kind, key, entity_id
        """;

    private static async Task StoreAsync(NpgsqlConnection connection, string sql, Dictionary<EntityKey, EntityDescriptor> entities, Dictionary<EntityKey, Known> resolved, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = entities.Keys.Select(key => key.HostId).ToArray() },
                new() { Value = entities.Keys.Select(key => (short)key.Kind).ToArray() },
                new() { Value = entities.Keys.Select(key => key.Key).ToArray() },
                new() { Value = entities.Values.Select(entity => entity.Name).ToArray() },
                new() { Value = entities.Values.Select(entity => entity.ParentKey).ToArray() },
                new() { Value = entities.Values.Select(entity => JsonSerializer.Serialize(entity.Attributes)).ToArray() },
                new() { Value = now.ToUniversalTime() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var key = new EntityKey(reader.GetInt32(0), (EntityKind)reader.GetInt16(1), reader.GetString(2));
            resolved[key] = new Known(reader.GetInt32(3), entities[key], now);
        }
    }

    private static bool SaysTheSame(EntityDescriptor known, EntityDescriptor given) =>
        ReferenceEquals(known, given)
        || (known.Name == given.Name
            && known.ParentKey == given.ParentKey
            && known.Attributes.Count == given.Attributes.Count
            && given.Attributes.All(attribute => known.Attributes.TryGetValue(attribute.Key, out var value) && value == attribute.Value));
}
