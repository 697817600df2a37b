using System.Buffers.Binary;
using Headroom.Telemetry.Wire;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Agent.Spool;

/// <summary>Reads the records of a segment from its start, up to a given length, while another may append to it.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _head = new byte[SegmentFormat.RecordHeaderBytes];
    private byte[] _payload = new byte[4096];

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public SegmentReader(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_file);
    }

    /// <summary>Where the next record begins; everything before is whole.</summary>
    public long Position { get; private set; } = SegmentFormat.HeaderBytes;

    /// <summary>Where to stop; may be set further when the segment has grown.</summary>
    public long Length { get; set; }

    /// <summary>Whether reading stopped before the end because what follows is no whole record.</summary>
    public bool FoundDamage { get; private set; }

    public (Guid Epoch, int CatalogueVersion)? ReadHeader()
    {
        var header = new byte[SegmentFormat.HeaderBytes];
        return SegmentFormat.ReadHeader(header.AsSpan(0, ReadAt(header, 0)));
    }

    /// <summary>The summary at the end of a sealed segment, or null.</summary>
    public SegmentSummary? ReadSealedSummary()
    {
        var record = new byte[SegmentFormat.RecordHeaderBytes + SegmentFormat.SummaryBytes];
        return Length >= SegmentFormat.HeaderBytes + record.Length
            && ReadAt(record, Length - record.Length) == record.Length
            && BinaryPrimitives.ReadInt32LittleEndian(record) == SegmentFormat.SummaryBytes
            && record[SegmentFormat.RecordHeaderBytes] == SegmentFormat.Summary
            && IsWhole(record, record.AsSpan(SegmentFormat.RecordHeaderBytes))
                ? SegmentFormat.ReadSummary(record.AsSpan(SegmentFormat.RecordHeaderBytes))
                : null;
    }

    /// <summary>Reads the next tick; the span is good until the next call. False at the end, or at damage.</summary>
    public bool TryReadTick(out ReadOnlySpan<byte> payload)
    {
        while (TryRead(out payload))
        {
            if (payload[0] == SegmentFormat.Tick)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _file.Dispose();

    private bool TryRead(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (Position >= Length)
        {
            return false;
        }

        FoundDamage = true;
        if (Length - Position < SegmentFormat.RecordHeaderBytes || ReadAt(_head, Position) < SegmentFormat.RecordHeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_head);
        if (length is < 1 or > SegmentFormat.MaxPayloadBytes || length > Length - Position - SegmentFormat.RecordHeaderBytes)
        {
            return false;
        }

        if (_payload.Length < length)
        {
            _payload = new byte[Math.Max(length, 2 * _payload.Length)];
        }

        var found = _payload.AsSpan(0, length);
        if (ReadAt(found, Position + SegmentFormat.RecordHeaderBytes) < length || !IsWhole(_head, found))
        {
            return false;
        }

        FoundDamage = false;
        Position += SegmentFormat.RecordHeaderBytes + length;
        payload = found;
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) == FrameBatchCodec.Checksum(payload);

    private int ReadAt(Span<byte> room, long offset)
    {
        var total = 0;
        while (total < room.Length)
        {
            var read = RandomAccess.Read(_file, room[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }
}
