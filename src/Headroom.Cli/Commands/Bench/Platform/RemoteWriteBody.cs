using System.Buffers.Binary;
using System.Text;
using Snappier;

namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>Writes remote write 1.0 bodies (Prometheus' <c>WriteRequest</c>: series of labels and samples; snappy block format).</summary>
internal sealed class RemoteWriteBody : IDisposable
{
    private readonly MemoryStream _request = new();
    private readonly MemoryStream _series = new();

    /// <summary>Adds a series with its labels in order of their names, and its samples in order of time.</summary>
    public void Add(IEnumerable<(string Name, string Value)> labels, IEnumerable<(long AtMilliseconds, double Value)> samples)
    {
        _series.SetLength(0);
        foreach (var (name, value) in labels)
        {
            var (key, text) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
            WriteTag(_series, 1, 2 + VarintLength(key.Length) + key.Length + VarintLength(text.Length) + text.Length);
            WriteTag(_series, 1, key.Length);
            _series.Write(key);
            WriteTag(_series, 2, text.Length);
            _series.Write(text);
        }

        Span<byte> number = stackalloc byte[8];
        foreach (var (at, value) in samples)
        {
            WriteTag(_series, 2, 9 + 1 + VarintLength(at));
            _series.WriteByte(0x09);
            BinaryPrimitives.WriteDoubleLittleEndian(number, value);
            _series.Write(number);
            _series.WriteByte(0x10);
            WriteVarint(_series, (ulong)at);
        }

        WriteTag(_request, 1, _series.Length);
        _series.WriteTo(_request);
    }

    /// <summary>The body, compressed; what is added next begins a new one.</summary>
    public byte[] Take()
    {
        var body = Snappy.CompressToArray(_request.GetBuffer().AsSpan(0, (int)_request.Length));
        _request.SetLength(0);
        return body;
    }

    public void Dispose()
    {
        _request.Dispose();
        _series.Dispose();
    }

    private static void WriteTag(MemoryStream stream, int field, long length)
    {
        stream.WriteByte((byte)((field << 3) | 2));
        WriteVarint(stream, (ulong)length);
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    private static int VarintLength(long value)
    {
        var length = 1;
        for (var rest = (ulong)value; rest >= 0x80; rest >>= 7)
        {
            length++;
        }

        return length;
    }
}
