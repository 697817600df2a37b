using System.Numerics;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Headroom.Storage.Blocks;

/// <summary>
/// Writes whole numbers as byte planes: the lowest byte of all, then the second, up to the highest that any of them needs. Each
/// plane is stored in the shortest of three ways: one byte when all are the same, zstd, or as it is. High bytes hardly change and
/// all but vanish; the noise stays in the low planes, where it does not spoil the others.
/// </summary>
internal static class PlaneCoder
{
    private const int Level = 9;

    private enum Form : byte
    {
        Same = 0,
        Plain = 1,
        Zstd = 2,
    }

    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    public static void Write(BlockWriter block, ReadOnlySpan<ulong> values)
    {
        ulong used = 0;
        foreach (var value in values)
        {
            used |= value;
        }

        var planes = (64 - BitOperations.LeadingZeroCount(used) + 7) / 8;
        block.WriteByte((byte)planes);
        var bytes = new byte[values.Length];
        for (var plane = 0; plane < planes; plane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                bytes[i] = (byte)(values[i] >> (8 * plane));
            }

            WriteBytes(block, bytes);
        }
    }

    public static ulong[] Read(ref BlockCursor block, int count)
    {
        var values = new ulong[count];
        var planes = block.ReadByte();
        var bytes = new byte[count];
        for (var plane = 0; plane < planes; plane++)
        {
            ReadBytes(ref block, bytes);
            for (var i = 0; i < count; i++)
            {
                values[i] |= (ulong)bytes[i] << (8 * plane);
            }
        }

        return values;
    }

    /// <summary>One run of bytes; the reader knows its length.</summary>
    public static void WriteBytes(BlockWriter block, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes.IndexOfAnyExcept(bytes[0]) < 0)
        {
            block.WriteByte((byte)Form.Same);
            block.WriteByte(bytes[0]);
            return;
        }

        var packed = new byte[Compressor.GetCompressBound(bytes.Length)];
        var length = MyCompressor().Wrap(bytes, packed);
        if (length + 2 < bytes.Length)
        {
            block.WriteByte((byte)Form.Zstd);
            block.WriteVarint((ulong)length);
            block.WriteBytes(packed.AsSpan(0, length));
        }
        else
        {
            block.WriteByte((byte)Form.Plain);
            block.WriteBytes(bytes);
        }
    }

    public static void ReadBytes(ref BlockCursor block, Span<byte> bytes)
    {
        switch ((Form)block.ReadByte())
        {
            case Form.Same:
                bytes.Fill(block.ReadByte());
                break;
            case Form.Plain:
                block.ReadBytes(bytes.Length).CopyTo(bytes);
                break;
            case Form.Zstd:
                var packed = block.ReadBytes(block.ReadCount());
                var length = MyDecompressor().Unwrap(packed, bytes);
                if (length != bytes.Length)
                {
                    throw new InvalidDataException($"a plane of a block has {length} bytes, expected {bytes.Length}");
                }

                break;
            case var other:
                throw new InvalidDataException($"a plane of a block has the unknown form {other}");
        }
    }

    // Content size, checksum and magic number would be a third of a short plane, and the block knows them already.
    private static Compressor MyCompressor()
    {
        if (_compressor is null)
        {
            _compressor = new Compressor(Level);
            _compressor.SetParameter(ZSTD_cParameter.ZSTD_c_contentSizeFlag, 0);
            _compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 0);
            _compressor.SetParameter(ZSTD_cParameter.ZSTD_c_experimentalParam2, (int)ZSTD_format_e.ZSTD_f_zstd1_magicless);
        }

        return _compressor;
    }

    private static Decompressor MyDecompressor()
    {
        if (_decompressor is null)
        {
            _decompressor = new Decompressor();
            _decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_experimentalParam1, (int)ZSTD_format_e.ZSTD_f_zstd1_magicless);
        }

        return _decompressor;
    }
}
