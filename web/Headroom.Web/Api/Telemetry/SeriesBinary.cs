using System.Buffers.Binary;
using Headroom.Storage.Reading;

namespace Headroom.Web.Api.Telemetry;

/// <summary>
/// Series as <c>application/octet-stream</c>, little-endian: <c>HRS1</c>, int32 count; then per series int64 start (Unix ms), int64 bucket (ms),
/// int32 length, int32 zero, and three arrays of float32 of that length: minimum, maximum, mean. NaN where nothing was measured.
/// </summary>
internal static class SeriesBinary
{
    private const int HeaderBytes = 8;
    private const int SeriesHeaderBytes = 24;

    public static byte[] Write(IReadOnlyList<Series> series)
    {
        var bytes = new byte[HeaderBytes + series.Sum(one => SeriesHeaderBytes + (3 * sizeof(float) * one.Mean.Length))];
        "HRS1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), series.Count);
        var at = HeaderBytes;
        foreach (var one in series)
        {
            var header = bytes.AsSpan(at, SeriesHeaderBytes);
            BinaryPrimitives.WriteInt64LittleEndian(header, one.From.ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteInt64LittleEndian(header[8..], (long)one.Bucket.TotalMilliseconds);
            BinaryPrimitives.WriteInt32LittleEndian(header[16..], one.Mean.Length);
            at += SeriesHeaderBytes;
            foreach (var values in (ReadOnlySpan<float?[]>)[one.Min, one.Max, one.Mean])
            {
                foreach (var value in values)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), value ?? float.NaN);
                    at += sizeof(float);
                }
            }
        }

        return bytes;
    }
}
