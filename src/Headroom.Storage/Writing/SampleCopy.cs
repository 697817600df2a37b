using System.Buffers.Binary;
using System.Numerics;
using Headroom.Telemetry.Frames;
using Npgsql;

namespace Headroom.Storage.Writing;

/// <summary>
/// Writes rows of <c>samples</c> in PostgreSQL's binary COPY format (PostgreSQL manual, COPY, "Binary Format") straight into the
/// wire: the typed importer of the driver spends several times as long on a <c>real[]</c> with missing values.
/// </summary>
internal sealed class SampleCopy : IAsyncDisposable
{
    internal const string Columns = "(host_id, entity_id, at, catalogue_version, readings)";

    private const int BufferBytes = 256 << 10;
    private const int FixedRowBytes = 2 + 8 + 8 + 12 + 6 + 4 + 20;
    private const int Float4Oid = 700;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly DateTime PostgresEpoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private bool _completed;

    private SampleCopy(NpgsqlRawCopyStream stream) => _stream = stream;

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Values (not nulls) written so far.</summary>
    public long Values { get; private set; }

    public static async Task<SampleCopy> BeginAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} {Columns} FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        var copy = new SampleCopy(stream);
        Header.CopyTo(copy._buffer, 0);
        copy._used = Header.Length;
        return copy;
    }

    /// <summary>Adds one row; what does not fit the buffer any more is sent.</summary>
    public ValueTask WriteAsync(int hostId, int entityId, DateTimeOffset at, int catalogueVersion, MetricVector vector, CancellationToken cancellationToken)
    {
        var length = LengthWithoutTrailingNulls(vector.Presence);
        var needed = FixedRowBytes + (8 * length);
        if (_used + needed <= _buffer.Length)
        {
            Append(hostId, entityId, at, catalogueVersion, vector, length);
            return ValueTask.CompletedTask;
        }

        return FlushThenAppendAsync(hostId, entityId, at, catalogueVersion, vector, length, needed, cancellationToken);
    }

    /// <summary>Ends the COPY. Without it the server throws every row away and no error is raised.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length - _used < 2)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), -1);
        _used += 2;
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        // Disposing ends the COPY; when the server then refuses a row, there is nothing left to cancel.
        _completed = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_completed)
        {
            await _stream.CancelAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask FlushThenAppendAsync(int hostId, int entityId, DateTimeOffset at, int catalogueVersion, MetricVector vector, int length, int needed, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        if (needed > _buffer.Length)
        {
            _buffer = new byte[needed];
        }

        Append(hostId, entityId, at, catalogueVersion, vector, length);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
        _used = 0;
    }

    private void Append(int hostId, int entityId, DateTimeOffset at, int catalogueVersion, MetricVector vector, int length)
    {
        var row = _buffer.AsSpan(_used);
        BinaryPrimitives.WriteInt16BigEndian(row, 5);
        WriteInt32(row[2..], hostId);
        WriteInt32(row[10..], entityId);
        BinaryPrimitives.WriteInt32BigEndian(row[18..], 8);
        BinaryPrimitives.WriteInt64BigEndian(row[22..], (at.UtcDateTime - PostgresEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteInt32BigEndian(row[30..], 2);
        BinaryPrimitives.WriteInt16BigEndian(row[34..], checked((short)catalogueVersion));

        var array = row[40..];
        var end = WriteArray(array, vector, length);
        BinaryPrimitives.WriteInt32BigEndian(row[36..], end);
        _used += 40 + end;
        Rows++;
    }

    private int WriteArray(Span<byte> array, MetricVector vector, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(array, length == 0 ? 0 : 1);
        BinaryPrimitives.WriteInt32BigEndian(array[8..], Float4Oid);
        if (length == 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(array[4..], 0);
            return 12;
        }

        BinaryPrimitives.WriteInt32BigEndian(array[12..], length);
        BinaryPrimitives.WriteInt32BigEndian(array[16..], 1);
        var end = 20;
        var present = 0;
        var values = vector.Values;
        var presence = vector.Presence;
        for (var i = 0; i < length; i++)
        {
            if ((presence[i >> 3] & (1 << (i & 7))) != 0)
            {
                // Length 4 and the four bytes of the value in one store.
                BinaryPrimitives.WriteUInt64BigEndian(array[end..], (4UL << 32) | BitConverter.SingleToUInt32Bits(values[i]));
                end += 8;
                present++;
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(array[end..], -1);
                end += 4;
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(array[4..], present == length ? 0 : 1);
        Values += present;
        return end;
    }

    private static void WriteInt32(Span<byte> field, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(field, 4);
        BinaryPrimitives.WriteInt32BigEndian(field[4..], value);
    }

    private static int LengthWithoutTrailingNulls(ReadOnlySpan<byte> presence)
    {
        var last = presence.Length - 1;
        while (last >= 0 && presence[last] == 0)
        {
            last--;
        }

        return last < 0 ? 0 : (last * 8) + 8 - (BitOperations.LeadingZeroCount(presence[last]) - 24);
    }
}
