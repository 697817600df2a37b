using System.Globalization;
using Headroom.Telemetry.Catalogue;
using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>The hourly means of one host metric.</summary>
/// <param name="Hours">Start of each hour that has one, and its mean; oldest first.</param>
public sealed record HostHours(int HostId, string Host, IReadOnlyList<(DateTimeOffset At, double Mean)> Hours);

/// <summary>The slow course of a metric on every host in one question, from the hourly roll-ups.</summary>
public sealed class HourlyMeans(NpgsqlDataSource dataSource)
{
    /// <summary>Hours that begin in [from, to), by host.</summary>
    /// <exception cref="InvalidQueryException">The catalogue has no such host metric.</exception>
    public async Task<IReadOnlyList<HostHours>> ReadAsync(string metric, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var column = string.Create(CultureInfo.InvariantCulture, $"mean[{LatestRows.Ordinals(EntityKind.Host, [metric])[0] + 1}]");
        await using var command = dataSource.CreateCommand(
            $"""
            SELECT e.host_id, h.name, r.at, r.{column} FROM entities AS e
            JOIN hosts AS h ON h.host_id = e.host_id
            JOIN rollup_hours AS r ON r.host_id = e.host_id AND r.entity_id = e.entity_id
            WHERE e.kind = $1 AND r.at >= $2 AND r.at < $3 AND r.{column} IS NOT NULL
            ORDER BY e.host_id, r.at
            """);
        command.Parameters.Add(new() { Value = (short)EntityKind.Host });
        command.Parameters.Add(new() { Value = from.UtcDateTime });
        command.Parameters.Add(new() { Value = to.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<(int HostId, string Host, DateTimeOffset At, double Mean)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add((reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFloat(3)));
        }

        return [.. rows.GroupBy(row => (row.HostId, row.Host)).Select(host => new HostHours(host.Key.HostId, host.Key.Host, [.. host.Select(row => (row.At, row.Mean))]))];
    }
}
