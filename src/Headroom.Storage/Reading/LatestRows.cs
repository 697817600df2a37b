using System.Globalization;
using Headroom.Telemetry.Catalogue;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>The newest row of each of many entities: one short walk down the primary key per entity.</summary>
internal static class LatestRows
{
    public static int[] Ordinals(EntityKind kind, IReadOnlyList<string> metrics) => metrics
        .Select(name => MetricCatalogue.Current.OrdinalOf(kind, name) ?? throw new InvalidQueryException($"the catalogue has no metric '{name}' for a {kind}"))
        .ToArray();

    public static async Task<Dictionary<(int Host, int Entity), (DateTimeOffset At, float?[] Values)>> ReadAsync(NpgsqlDataSource dataSource, IReadOnlyList<(int Host, int Entity)> entities, int[] ordinals, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var columns = string.Concat(ordinals.Select(ordinal => string.Create(CultureInfo.InvariantCulture, $", newest.readings[{ordinal + 1}]")));
        await using var command = dataSource.CreateCommand(
            $"""
            SELECT wanted.host_id, wanted.entity_id, newest.at{columns}
            FROM unnest($1, $2) AS wanted (host_id, entity_id)
            CROSS JOIN LATERAL (
                SELECT at, readings FROM samples
                WHERE host_id = wanted.host_id AND entity_id = wanted.entity_id AND at >= $3
                ORDER BY at DESC LIMIT 1) AS newest
            """);
        command.Parameters.Add(new() { Value = entities.Select(entity => entity.Host).ToArray() });
        command.Parameters.Add(new() { Value = entities.Select(entity => entity.Entity).ToArray() });
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        var rows = new Dictionary<(int, int), (DateTimeOffset, float?[])>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var values = ordinals.Select((_, i) => reader.IsDBNull(i + 3) ? (float?)null : reader.GetFloat(i + 3)).ToArray();
            rows[(reader.GetInt32(0), reader.GetInt32(1))] = (reader.GetFieldValue<DateTimeOffset>(2), values);
        }

        return rows;
    }
}
