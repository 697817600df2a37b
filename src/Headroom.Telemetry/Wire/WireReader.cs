using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Headroom.Telemetry.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote and trusts none of it: every length is checked against what is left.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> body)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _body = body;

    public int Offset { get; private set; }

    public readonly int Left => _body.Length - Offset;

    public ReadOnlySpan<byte> Bytes(int count, string what)
    {
        if (count > Left)
        {
            throw new FrameBatchFormatException($"{count} bytes of {what}", Offset, $"{Left} bytes");
        }

        var bytes = _body.Slice(Offset, count);
        Offset += count;
        return bytes;
    }

    public byte Byte(string what) => Bytes(1, what)[0];

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long), what));

    public Guid Id(string what) => new(Bytes(16, what), bigEndian: true);

    public ulong Unsigned(string what)
    {
        var start = Offset;
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte(what);
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return shift < 63 || part <= 1 ? value : throw new FrameBatchFormatException($"{what} of 64 bits", start, "more bits");
            }
        }

        throw new FrameBatchFormatException($"{what} of at most 10 bytes", start, "more bytes");
    }

    public long Signed(string what)
    {
        var code = Unsigned(what);
        return (long)(code >> 1) ^ -(long)(code & 1);
    }

    /// <summary>A count from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Count(int most, string what, int least = 0)
    {
        var start = Offset;
        var value = Unsigned(what);
        return value <= (ulong)most && value >= (ulong)least
            ? (int)value
            : throw new FrameBatchFormatException($"{least} to {most} {what}", start, value.ToString(CultureInfo.InvariantCulture));
    }

    public string Text(int mostBytes, string what)
    {
        var length = Count(mostBytes, $"bytes of {what}");
        var start = Offset;
        var bytes = Bytes(length, what);
        if (bytes.Contains((byte)0))
        {
            throw new FrameBatchFormatException($"{what} without zero characters", start, "one");
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException malformed)
        {
            throw new FrameBatchFormatException($"{what} in UTF-8", start, "other bytes", malformed);
        }
    }

    /// <summary>Unix milliseconds that a <see cref="DateTimeOffset"/> can hold.</summary>
    public readonly DateTimeOffset Time(long unixMilliseconds, string what) =>
        unixMilliseconds is >= WireTime.LeastUnixMilliseconds and <= WireTime.MostUnixMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds)
            : throw new FrameBatchFormatException($"{what} between the years 1 and 9999", Offset, $"{unixMilliseconds} ms since 1970");
}
