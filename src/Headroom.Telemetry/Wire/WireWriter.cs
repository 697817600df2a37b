using System.Buffers.Binary;
using System.Text;

namespace Headroom.Telemetry.Wire;

/// <summary>Appends little-endian numbers and texts to a buffer that grows and can be used again.</summary>
internal sealed class WireWriter(int capacity = 4096)
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }

    public Span<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes room for bytes that the caller fills in; good until the next append.</summary>
    public Span<byte> Take(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Array.Resize(ref _buffer, Math.Max(checked(Length + count), (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        }

        var room = _buffer.AsSpan(Length, count);
        Length += count;
        return room;
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Bytes(ReadOnlySpan<byte> values) => values.CopyTo(Take(values.Length));

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void Id(Guid value) => value.TryWriteBytes(Take(16), bigEndian: true, out _);

    /// <summary>LEB128: seven bits a byte, least significant first.</summary>
    public void Unsigned(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    public void Count(int value) => Unsigned((ulong)value);

    /// <summary>LEB128 of the zigzag code, so that small negative numbers are short.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Length and UTF-8. Zero characters, which no store takes, and lone surrogates become replacement characters.</summary>
    public void Text(string value)
    {
        var text = value.Contains('\0', StringComparison.Ordinal) ? value.Replace('\0', '\uFFFD') : value;
        var length = Encoding.UTF8.GetByteCount(text);
        Count(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }
}
