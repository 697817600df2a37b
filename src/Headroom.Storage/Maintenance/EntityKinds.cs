using Headroom.Telemetry.Catalogue;
using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>The kind of every entity of a host.</summary>
internal static class EntityKinds
{
    public static async Task<Dictionary<int, EntityKind>> ReadAsync(NpgsqlConnection connection, int hostId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT entity_id, kind FROM entities WHERE host_id = $1", connection) { Parameters = { new() { Value = hostId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var kinds = new Dictionary<int, EntityKind>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            kinds[reader.GetInt32(0)] = (EntityKind)reader.GetInt16(1);
        }

        return kinds;
    }
}
