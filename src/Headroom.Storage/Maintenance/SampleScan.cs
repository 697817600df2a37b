using System.Buffers.Binary;
using System.Globalization;
using Npgsql;

namespace Headroom.Storage.Maintenance;

/// <summary>One row of <c>samples</c>: bit-exact values by ordinal, NaN where missing (the store never holds a NaN).</summary>
internal readonly record struct SampleRow(int EntityId, long UtcTicks, short CatalogueVersion, float[] Values);

/// <summary>
/// Reads rows of <c>samples</c> in order of entity and time from a binary COPY: several times as fast as reading arrays of nullable
/// numbers through the driver.
/// </summary>
internal static class SampleScan
{
    private static readonly long PostgresEpochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Rows of a host, and of one entity when given, within [from, to).</summary>
    public static async IAsyncEnumerable<SampleRow> ReadAsync(NpgsqlConnection connection, int hostId, int? entityId, DateTime from, DateTime to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entity = entityId is { } one ? string.Create(CultureInfo.InvariantCulture, $" AND entity_id = {one}") : "";
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"COPY (SELECT entity_id, at, catalogue_version, readings FROM samples WHERE host_id = {hostId}{entity} AND at >= '{from:O}' AND at < '{to:O}' ORDER BY entity_id, at) TO STDOUT (FORMAT BINARY)");
        await using var stream = new BufferedStream(await connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false), 1 << 16);
        var buffer = new byte[1 << 14];
        // Signature and flags, then the length of a header extension that is always 0.
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 19), cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), cancellationToken).ConfigureAwait(false);
            if (BinaryPrimitives.ReadInt16BigEndian(buffer) < 0)
            {
                // The protocol's own end must be read, too, before the connection is free again.
                while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
                {
                }

                yield break;
            }

            // entity (4 + 4), at (4 + 8), version (4 + 2), length of the array (4)
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 30), cancellationToken).ConfigureAwait(false);
            var entityOfRow = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(4));
            var ticks = PostgresEpochTicks + (BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(12)) * TimeSpan.TicksPerMicrosecond);
            var version = BinaryPrimitives.ReadInt16BigEndian(buffer.AsSpan(24));
            var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(26));
            if (length > buffer.Length)
            {
                buffer = new byte[length];
            }

            await stream.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            yield return new SampleRow(entityOfRow, ticks, version, ParseArray(buffer.AsSpan(0, length)));
        }
    }

    private static float[] ParseArray(ReadOnlySpan<byte> array)
    {
        if (BinaryPrimitives.ReadInt32BigEndian(array) == 0)
        {
            return [];
        }

        var values = new float[BinaryPrimitives.ReadInt32BigEndian(array[12..])];
        var rest = array[20..];
        for (var i = 0; i < values.Length; i++)
        {
            if (BinaryPrimitives.ReadInt32BigEndian(rest) < 0)
            {
                values[i] = float.NaN;
                rest = rest[4..];
            }
            else
            {
                values[i] = BinaryPrimitives.ReadSingleBigEndian(rest[4..]);
                rest = rest[8..];
            }
        }

        return values;
    }
}
