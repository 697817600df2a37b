using System.Buffers;
using System.Buffers.Binary;

namespace Headroom.Ingestion.Series;

/// <summary>Puts together the bytes that name a series; one per request, used over and over.</summary>
internal sealed class SeriesKey(byte protocol)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    public ReadOnlySpan<byte> Span => _bytes.WrittenSpan;

    /// <summary>Starts the next name. The protocol is part of it: the same bytes mean different things in each.</summary>
    public void Restart()
    {
        _bytes.ResetWrittenCount();
        _bytes.Write([protocol]);
    }

    /// <summary>Adds a part with its length, so that parts cannot run into each other.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), part.Length);
        _bytes.Advance(sizeof(int));
        _bytes.Write(part);
    }
}
