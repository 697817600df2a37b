using System.Buffers.Text;

namespace Headroom.Agent.Files;

/// <summary>Walks through the fields of one line, which are parted by spaces or tabs.</summary>
internal ref struct Fields(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    public bool TryReadWord(out ReadOnlySpan<byte> word)
    {
        var start = _rest.IndexOfAnyExcept(" \t\n"u8);
        if (start < 0)
        {
            word = default;
            _rest = default;
            return false;
        }

        _rest = _rest[start..];
        var end = _rest.IndexOfAny(" \t\n"u8);
        word = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..];
        return true;
    }

    public bool Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TryReadWord(out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next field as a whole number; false when there is none, or it is something else, or it does not fit.</summary>
    public bool TryReadUnsigned(out ulong value)
    {
        value = 0;
        return TryReadWord(out var word) && Utf8Parser.TryParse(word, out value, out var used) && used == word.Length;
    }

    public bool TryReadSigned(out long value)
    {
        value = 0;
        return TryReadWord(out var word) && Utf8Parser.TryParse(word, out value, out var used) && used == word.Length;
    }

    public bool TryReadNumber(out double value)
    {
        value = 0;
        return TryReadWord(out var word) && Utf8Parser.TryParse(word, out value, out var used) && used == word.Length && double.IsFinite(value);
    }
}
