using System.Buffers.Binary;
using Headroom.Telemetry.Wire;

namespace Headroom.Agent.Spool;

/// <summary>
/// How a segment lies on disk: a header of 32 bytes (magic <c>HRSG</c>, version, three zero bytes, catalogue version, epoch,
/// CRC-32C), then records of length, CRC-32C and payload. The first byte of a payload says what it is.
/// </summary>
internal static class SegmentFormat
{
    public const int HeaderBytes = 32;
    public const int RecordHeaderBytes = 8;
    public const int SummaryBytes = 1 + (6 * sizeof(long));
    public const int MaxPayloadBytes = 16 * 1024 * 1024;
    public const byte Tick = 1;
    public const byte Summary = 2;

    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "HRSG"u8;

    public static byte[] Header(Guid epoch, int catalogueVersion)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        header[4] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), catalogueVersion);
        epoch.TryWriteBytes(header.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), FrameBatchCodec.Checksum(header.AsSpan(0, 28)));
        return header;
    }

    /// <summary>Reads a header, or gives null when it is none of ours or torn.</summary>
    public static (Guid Epoch, int CatalogueVersion)? ReadHeader(ReadOnlySpan<byte> header) =>
        header.Length == HeaderBytes
        && header.StartsWith(Magic)
        && header[4] == Version
        && BinaryPrimitives.ReadUInt32LittleEndian(header[28..]) == FrameBatchCodec.Checksum(header[..28])
            ? (new Guid(header.Slice(12, 16)), BinaryPrimitives.ReadInt32LittleEndian(header[8..]))
            : null;

    /// <summary>Begins a record; the payload follows, then <see cref="EndRecord"/>.</summary>
    public static void BeginRecord(WireWriter record, byte kind)
    {
        record.Clear();
        record.Take(RecordHeaderBytes).Clear();
        record.Byte(kind);
    }

    /// <summary>Writes length and checksum in front of the payload.</summary>
    public static void EndRecord(WireWriter record)
    {
        var bytes = record.Written;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - RecordHeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], FrameBatchCodec.Checksum(bytes[RecordHeaderBytes..]));
    }

    public static void WriteSummary(WireWriter record, SegmentSummary summary)
    {
        BeginRecord(record, Summary);
        record.Int64(summary.FirstSequence);
        record.Int64(summary.LastSequence);
        record.Int64(summary.FromUnixMilliseconds);
        record.Int64(summary.ToUnixMilliseconds);
        record.Int64(summary.FrameCount);
        record.Int64(summary.ThinnedCount);
        EndRecord(record);
    }

    public static SegmentSummary ReadSummary(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload[1..]);
        return new SegmentSummary(
            reader.Int64("first sequence"),
            reader.Int64("last sequence"),
            reader.Int64("first time"),
            reader.Int64("last time"),
            reader.Int64("frame count"),
            reader.Int64("thinned count"));
    }
}
