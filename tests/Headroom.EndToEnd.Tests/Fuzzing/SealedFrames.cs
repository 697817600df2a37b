using System.Buffers.Binary;
using System.Numerics;
using Headroom.Testing;
using ZstdSharp;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Damage inside a batch of frames: the body is damaged and sealed again with its length and checksum, so that the reader gets to it.</summary>
internal static class SealedFrames
{
    private const int HeaderBytes = 16;
    private const int LengthAt = 8;
    private const int ChecksumAt = 12;

    public static byte[] Damaged(byte[] batch, Random random)
    {
        using var unpack = new Decompressor();
        var body = Damage.Of(unpack.Unwrap(batch.AsSpan(HeaderBytes)).ToArray(), random);
        using var pack = new Compressor();
        byte[] again = [.. batch.AsSpan(0, HeaderBytes), .. pack.Wrap(body)];
        BinaryPrimitives.WriteUInt32LittleEndian(again.AsSpan(LengthAt), (uint)body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(again.AsSpan(ChecksumAt), Checksum(body));
        return again;
    }

    /// <summary>CRC-32C.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var one in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, one);
        }

        return ~checksum;
    }
}
