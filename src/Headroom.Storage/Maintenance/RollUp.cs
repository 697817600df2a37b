using Headroom.Storage.Reading;
using Headroom.Telemetry.Catalogue;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Storage.Maintenance;

/// <summary>
/// Keeps the 10 s and 1 min roll-ups of open hours in step with the samples. A writer notes which minutes it touched; each is
/// worked out anew from all of its samples, so that late frames, a second run or a crash in between change nothing.
/// </summary>
public sealed class RollUp(NpgsqlDataSource dataSource, TimeProvider clock, IOptions<StorageOptions> options)
{
    /// <summary>Rolls up every noted minute that is over and returns how many host-minutes there were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var until = (clock.GetUtcNow() - options.Value.RollUpDelay).AddMinutes(-1).UtcDateTime;
        var done = 0;
        foreach (var host in await ListHostsAsync(until, cancellationToken).ConfigureAwait(false))
        {
            done += await RunHostAsync(host, until, cancellationToken).ConfigureAwait(false);
        }

        return done;
    }

    private async Task<int> RunHostAsync(int hostId, DateTime until, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await MaintenanceLock.TakeHostAsync(connection, hostId, cancellationToken).ConfigureAwait(false);
        // Taken first: a writer of the same minute either committed before, or waits and notes the minute again.
        var minutes = await TakeMinutesAsync(connection, hostId, until, cancellationToken).ConfigureAwait(false);
        var kinds = await EntityKinds.ReadAsync(connection, hostId, cancellationToken).ConfigureAwait(false);
        foreach (var (from, to) in Stretches(minutes.Where(minute => !minute.Compacted).Select(minute => minute.At)))
        {
            var rows = new Dictionary<(int Entity, int Seconds, long Bucket), RollUpRow>();
            await foreach (var sample in SampleScan.ReadAsync(connection, hostId, null, from, to, cancellationToken).ConfigureAwait(false))
            {
                // An entity that came after the kinds were read came with a writer that will note its minute again.
                if (kinds.TryGetValue(sample.EntityId, out var kind))
                {
                    AddTo(rows, sample, Resolution.TenSeconds.Seconds, kind);
                    AddTo(rows, sample, Resolution.Minute.Seconds, kind);
                }
            }

            await using (var delete = new NpgsqlCommand("DELETE FROM rollups WHERE host_id = $1 AND at >= $2 AND at < $3", connection) { Parameters = { new() { Value = hostId }, new() { Value = from }, new() { Value = to } } })
            {
                await delete.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await RollUpCopy.WriteAsync(connection, hostId, rows.Values, hours: false, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return minutes.Count;
    }

    internal static void AddTo(Dictionary<(int Entity, int Seconds, long Bucket), RollUpRow> rows, SampleRow sample, int seconds, EntityKind kind)
    {
        var length = seconds * TimeSpan.TicksPerSecond;
        var start = sample.UtcTicks - (sample.UtcTicks % length);
        if (!rows.TryGetValue((sample.EntityId, seconds, start), out var row))
        {
            rows[(sample.EntityId, seconds, start)] = row = new RollUpRow(sample.EntityId, new DateTime(start, DateTimeKind.Utc), seconds, kind);
        }

        row.Add(sample);
    }

    private async Task<List<int>> ListHostsAsync(DateTime until, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT DISTINCT host_id FROM pending_minutes WHERE minute <= $1 ORDER BY 1");
        command.Parameters.Add(new() { Value = until });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var hosts = new List<int>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            hosts.Add(reader.GetInt32(0));
        }

        return hosts;
    }

    // A minute of a compacted hour is left to the compaction, which takes in late frames and works its roll-ups out anew.
    private static async Task<List<(DateTime At, bool Compacted)>> TakeMinutesAsync(NpgsqlConnection connection, int hostId, DateTime until, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH taken AS (DELETE FROM pending_minutes WHERE host_id = $1 AND minute <= $2 RETURNING minute)
            SELECT minute, EXISTS (SELECT FROM compacted_hours WHERE host_id = $1 AND hour = date_trunc('hour', minute, 'UTC')) FROM taken ORDER BY 1
            """,
            connection)
        {
            Parameters = { new() { Value = hostId }, new() { Value = until, NpgsqlDbType = NpgsqlDbType.TimestampTz } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var minutes = new List<(DateTime, bool)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            minutes.Add((reader.GetDateTime(0), reader.GetBoolean(1)));
        }

        return minutes;
    }

    /// <summary>Joins minutes that follow on each other, up to ten at a time: a backlog of a day must not be in memory at once.</summary>
    private static IEnumerable<(DateTime From, DateTime To)> Stretches(IEnumerable<DateTime> minutes)
    {
        DateTime? from = null;
        var to = DateTime.MinValue;
        foreach (var minute in minutes)
        {
            if (from is { } start && (minute != to || to - start >= TimeSpan.FromMinutes(10)))
            {
                yield return (start, to);
                from = null;
            }

            from ??= minute;
            to = minute.AddMinutes(1);
        }

        if (from is { } last)
        {
            yield return (last, to);
        }
    }
}
