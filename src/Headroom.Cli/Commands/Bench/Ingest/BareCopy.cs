using System.Diagnostics;
using Headroom.Telemetry.Frames;
using Npgsql;
using NpgsqlTypes;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>The limit: the same rows by one binary COPY after the other into a table of the same shape and key, nothing else.</summary>
internal static class BareCopy
{
    /// <summary>Copies batches, one transaction each, and returns values per second.</summary>
    public static async Task<double> MeasureAsync(NpgsqlDataSource database, IReadOnlyList<IReadOnlyList<FrameBatch>> groups, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "DROP TABLE IF EXISTS bench_copy; CREATE TABLE bench_copy (LIKE samples INCLUDING ALL)", cancellationToken);
        long values = 0;
        var clock = Stopwatch.StartNew();
        foreach (var group in groups)
        {
            await using var copy = await connection.BeginBinaryImportAsync("COPY bench_copy (host_id, entity_id, at, catalogue_version, readings) FROM STDIN (FORMAT BINARY)", cancellationToken);
            for (var host = 0; host < group.Count; host++)
            {
                foreach (var frame in group[host].Frames)
                {
                    foreach (var sample in frame.Samples)
                    {
                        await copy.StartRowAsync(cancellationToken);
                        await copy.WriteAsync(host, NpgsqlDbType.Integer, cancellationToken);
                        await copy.WriteAsync(sample.LocalId, NpgsqlDbType.Integer, cancellationToken);
                        await copy.WriteAsync(frame.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
                        await copy.WriteAsync((short)1, NpgsqlDbType.Smallint, cancellationToken);
                        var readings = sample.Values.Values.ToArray();
                        await copy.WriteAsync(readings, NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken);
                        values += readings.Length;
                    }
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        var rate = values / clock.Elapsed.TotalSeconds;
        await ExecuteAsync(connection, "DROP TABLE bench_copy", cancellationToken);
        return rate;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
