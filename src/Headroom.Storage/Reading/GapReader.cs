using Npgsql;

namespace Headroom.Storage.Reading;

/// <summary>Reads what was dropped or refused.</summary>
internal static class GapReader
{
    private const int MaxGaps = 1_000;

    public static async Task<IReadOnlyList<Gap>> ReadAsync(NpgsqlConnection connection, int hostId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT from_at, to_at, frame_count, reason FROM gaps
            WHERE host_id = $1 AND to_at >= $2 AND from_at < $3 ORDER BY from_at LIMIT $4
            """,
            connection)
        {
            Parameters = { new() { Value = hostId }, new() { Value = from.UtcDateTime }, new() { Value = to.UtcDateTime }, new() { Value = MaxGaps } },
        };
        var gaps = new List<Gap>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            gaps.Add(new Gap(reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2), reader.GetString(3)));
        }

        return gaps;
    }
}
