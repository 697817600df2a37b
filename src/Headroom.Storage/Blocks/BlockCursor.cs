using System.Buffers.Binary;

namespace Headroom.Storage.Blocks;

/// <summary>Reads a block from its start to its end.</summary>
internal ref struct BlockCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte ReadByte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public int ReadCount() => checked((int)ReadVarint());

    public long ReadSigned() => ZigZag.Decode(ReadVarint());

    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(ReadBytes(4));
}
