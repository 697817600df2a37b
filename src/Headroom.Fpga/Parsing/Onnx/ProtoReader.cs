namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>
/// Reads protobuf's wire format (varint, 64 bit, length-delimited, 32 bit) field by field without copying, so that gigabytes of weights cost nothing.
/// Never reads past its own bytes.
/// </summary>
internal struct ProtoReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private int _at;
    private int _wire;

    /// <summary>Number of the field that was found by <see cref="Next"/>.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field is a run of bytes: text, a message, or packed numbers.</summary>
    public readonly bool IsPacked => _wire == 2;

    /// <summary>Moves to the next field; false at the end. The caller then reads it or calls <see cref="Skip"/>.</summary>
    public bool Next()
    {
        if (_at == _bytes.Length)
        {
            return false;
        }

        var tag = Varint();
        (Field, _wire) = (checked((int)(tag >> 3)), (int)(tag & 7));
        return Field > 0 ? true : throw Broken("a field without a number");
    }

    public long Whole() => _wire switch
    {
        0 => unchecked((long)Varint()),
        _ => throw Broken($"field {Field} with wire type {_wire} where a number was expected"),
    };

    public float Single() => _wire == 5 ? BitConverter.ToSingle(Take(4).Span) : throw Broken($"field {Field} with wire type {_wire} where a float was expected");

    public ReadOnlyMemory<byte> Bytes()
    {
        if (_wire != 2)
        {
            throw Broken($"field {Field} with wire type {_wire} where bytes were expected");
        }

        var length = Varint();
        return length <= (ulong)(_bytes.Length - _at) ? Take((int)length) : throw Broken($"field {Field} of {length} bytes where {_bytes.Length - _at} are left");
    }

    public ProtoReader Message() => new(Bytes());

    public string Text() => System.Text.Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>Adds one number, or a packed run of them; a field that is repeated without end is refused.</summary>
    public void Wholes(List<long> into, int most)
    {
        if (_wire != 2)
        {
            Add(Whole(), Field);
            return;
        }

        for (var packed = Message(); packed._at < packed._bytes.Length;)
        {
            Add(unchecked((long)packed.Varint()), Field);
        }

        void Add(long value, int field) => into.Add(into.Count < most ? value : throw Broken($"field {field} with more than {most} numbers"));
    }

    public void Skip()
    {
        switch (_wire)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Broken($"wire type {_wire}");
        }
    }

    private static InvalidDataException Broken(string what) => new($"expected a protobuf message, found {what}.");

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _bytes.Length - _at)
        {
            throw Broken("the end of the file inside a field");
        }

        var slice = _bytes.Slice(_at, length);
        _at += length;
        return slice;
    }

    private ulong Varint()
    {
        var span = _bytes.Span;
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == span.Length)
            {
                throw Broken("the end of the file inside a number");
            }

            var next = span[_at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number longer than 64 bits");
    }
}
