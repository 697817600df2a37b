using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Headroom.Telemetry.Frames;
using ZstdSharp;

namespace Headroom.Telemetry.Wire;

/// <summary>
/// Frame batches on the wire: 16 bytes of header (magic <c>HRFB</c>, format version, compression, two zero bytes, length and
/// CRC-32C of the body before compression), then the body compressed with zstd. Everything is little-endian.
/// </summary>
public static class FrameBatchCodec
{
    /// <summary>Media type of an encoded batch.</summary>
    public const string ContentType = "application/vnd.headroom.frames";

    /// <summary>The format this build writes, and the only one it reads.</summary>
    public const byte FormatVersion = 1;

    /// <summary>Zstd level of a batch when none is asked for.</summary>
    public const int DefaultCompressionLevel = 3;

    private const int HeaderBytes = 16;
    private const byte Zstd = 1;

    private static ReadOnlySpan<byte> Magic => "HRFB"u8;

    /// <summary>Encodes a batch. Values that are not finite are left out; times are cut to whole milliseconds.</summary>
    /// <exception cref="ArgumentException">The batch contradicts itself: sequences that do not increase, a local id twice or unknown.</exception>
    public static byte[] Encode(FrameBatch batch, int compressionLevel = DefaultCompressionLevel)
    {
        var body = new WireWriter();
        FrameBatchBodyWriter.Write(body, batch);
        using var zstd = ZstdPool.Compressor(compressionLevel);
        var encoded = new byte[HeaderBytes + Compressor.GetCompressBound(body.Length)];
        var compressedBytes = zstd.Value.Wrap(body.Written, encoded.AsSpan(HeaderBytes));
        WriteHeader(encoded, body.Written);
        return encoded[..(HeaderBytes + compressedBytes)];
    }

    /// <summary>Decodes a batch into one object per frame and sample, for tools and tests.</summary>
    /// <exception cref="FrameBatchFormatException">The bytes are not a batch, or one beyond the limits.</exception>
    public static FrameBatch Decode(ReadOnlySpan<byte> encoded, FrameBatchLimits? limits = null) => DecodeTable(encoded, limits).ToFrameBatch();

    /// <summary>Decodes a batch into arrays, for bulk writers.</summary>
    /// <exception cref="FrameBatchFormatException">The bytes are not a batch, or one beyond the limits.</exception>
    public static FrameTable DecodeTable(ReadOnlySpan<byte> encoded, FrameBatchLimits? limits = null)
    {
        limits ??= FrameBatchLimits.Default;
        var (bodyBytes, checksum) = ReadHeader(encoded, limits);
        var rented = ArrayPool<byte>.Shared.Rent(bodyBytes);
        try
        {
            var body = rented.AsSpan(0, bodyBytes);
            Decompress(encoded[HeaderBytes..], body);
            var found = Checksum(body);
            return found == checksum
                ? FrameBatchBodyReader.Read(body, limits)
                : throw new FrameBatchFormatException($"a body with CRC-32C {checksum:x8}", 12, $"{found:x8}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>CRC-32C (Castagnoli), as the header carries it.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }

    private static void WriteHeader(Span<byte> header, ReadOnlySpan<byte> body)
    {
        Magic.CopyTo(header);
        header[4] = FormatVersion;
        header[5] = Zstd;
        header[6..8].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], Checksum(body));
    }

    private static (int BodyBytes, uint Checksum) ReadHeader(ReadOnlySpan<byte> encoded, FrameBatchLimits limits)
    {
        if (encoded.Length < HeaderBytes)
        {
            throw new FrameBatchFormatException($"a header of {HeaderBytes} bytes", 0, $"{encoded.Length} bytes");
        }

        if (!encoded.StartsWith(Magic))
        {
            throw new FrameBatchFormatException("the magic 48524642 (HRFB)", 0, Convert.ToHexString(encoded[..4]));
        }

        if (encoded[4] != FormatVersion)
        {
            throw new FrameBatchFormatException($"format version {FormatVersion}", 4, encoded[4].ToString(CultureInfo.InvariantCulture));
        }

        if (encoded[5] != Zstd || encoded[6] != 0 || encoded[7] != 0)
        {
            throw new FrameBatchFormatException("compression 1 (zstd) and two zero bytes", 5, Convert.ToHexString(encoded[5..8]));
        }

        var bodyBytes = BinaryPrimitives.ReadUInt32LittleEndian(encoded[8..]);
        return bodyBytes <= (uint)limits.MaxBodyBytes
            ? ((int)bodyBytes, BinaryPrimitives.ReadUInt32LittleEndian(encoded[12..]))
            : throw new FrameBatchFormatException($"a body of at most {limits.MaxBodyBytes} bytes", 8, $"{bodyBytes} bytes");
    }

    private static void Decompress(ReadOnlySpan<byte> compressed, Span<byte> body)
    {
        int written;
        try
        {
            using var zstd = ZstdPool.Decompressor();
            written = zstd.Value.Unwrap(compressed, body);
        }
        catch (ZstdException malformed)
        {
            throw new FrameBatchFormatException($"{body.Length} bytes compressed with zstd", HeaderBytes, $"{compressed.Length} other bytes ({malformed.Message})", malformed);
        }

        if (written != body.Length)
        {
            throw new FrameBatchFormatException($"{body.Length} bytes compressed with zstd", HeaderBytes, $"{written} bytes");
        }
    }
}
