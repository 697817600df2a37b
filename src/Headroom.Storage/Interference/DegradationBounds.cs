using Npgsql;

namespace Headroom.Storage.Interference;

/// <summary>How badly a workload may have done over a stretch of time, by the predictions of its windows.</summary>
/// <param name="Step">Which stretch, from 0.</param>
/// <param name="UpperBound">Mean of the windows' upper bounds of degradation (1 less the lower end of predicted performance), 0 to 1.</param>
public sealed record DegradationBound(int HostId, int EntityId, string Host, string Workload, int Step, double UpperBound);

/// <summary>Upper bounds of degradation of all workloads in one question. Windows outside the training range do not count.</summary>
public sealed class DegradationBounds(NpgsqlDataSource dataSource)
{
    /// <summary>Bounds over [from + i * step, from + (i + 1) * step), i below <paramref name="count"/>, by workload and stretch; a stretch without predictions is left out.</summary>
    public async Task<IReadOnlyList<DegradationBound>> ReadAsync(DateTimeOffset from, TimeSpan step, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT p.host_id, p.entity_id, h.name, e.name, p.step, p.bound
            FROM (
                SELECT host_id, entity_id, floor(extract(epoch FROM at - $1) / $3)::integer AS step, avg(1 - lower) AS bound
                FROM interference_predictions WHERE at >= $1 AND at < $2 AND cardinality(outside_training) = 0
                GROUP BY 1, 2, 3) AS p
            JOIN entities AS e ON e.host_id = p.host_id AND e.entity_id = p.entity_id
            JOIN hosts AS h ON h.host_id = p.host_id
            ORDER BY p.host_id, p.entity_id, p.step
            """);
        command.Parameters.Add(new() { Value = from.UtcDateTime });
        command.Parameters.Add(new() { Value = (from + (count * step)).UtcDateTime });
        command.Parameters.Add(new() { Value = step.TotalSeconds });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var bounds = new List<DegradationBound>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bounds.Add(new DegradationBound(reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetDouble(5)));
        }

        return bounds;
    }
}
