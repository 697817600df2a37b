using System.Buffers.Binary;

namespace Headroom.Ingestion.Bodies;

/// <summary>
/// Walks the fields of one protobuf message in place (https://protobuf.dev/programming-guides/encoding): nothing is copied, a length
/// is believed only as far as there are bytes. A nested message is read by a new reader over <see cref="Bytes"/>.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint64 = 0, Fixed64Bits = 1, LengthDelimited = 2, Fixed32Bits = 5;
    private ReadOnlySpan<byte> _rest = message;
    private int _wireType;

    /// <summary>Number of the field that <see cref="Next"/> stopped at.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; false at the end of the message. Every field must then be read or skipped.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        if (tag is 0 or > uint.MaxValue || tag >> 3 == 0)
        {
            throw new MalformedBodyException($"expected a protobuf field tag, got {tag}");
        }

        Field = (int)(tag >> 3);
        _wireType = (int)(tag & 7);
        return true;
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Expect(LengthDelimited);
        return Take(ReadVarint());
    }

    public ulong Varint()
    {
        Expect(Varint64);
        return ReadVarint();
    }

    public ulong Fixed64()
    {
        Expect(Fixed64Bits);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public void Skip()
    {
        switch (_wireType)
        {
            case Varint64: ReadVarint(); break;
            case Fixed64Bits: Take(8); break;
            case LengthDelimited: Take(ReadVarint()); break;
            case Fixed32Bits: Take(4); break;
            default: throw new MalformedBodyException($"protobuf field {Field} has wire type {_wireType}, expected 0, 1, 2 or 5");
        }
    }

    private readonly void Expect(int wireType)
    {
        if (_wireType != wireType)
        {
            throw new MalformedBodyException($"protobuf field {Field}: expected wire type {wireType}, got {_wireType}");
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new MalformedBodyException($"protobuf field {Field} claims {length} bytes, {_rest.Length} are left");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var i = 0; i < 10; i++)
        {
            if (i >= _rest.Length)
            {
                throw new MalformedBodyException("the protobuf message ends inside a number");
            }

            var part = _rest[i];
            value |= (ulong)(part & 0x7f) << (7 * i);
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw new MalformedBodyException("a protobuf number is longer than 10 bytes");
    }
}
