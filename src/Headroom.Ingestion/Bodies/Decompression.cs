using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Headroom.Ingestion.Receiving;
using Snappier;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Headroom.Ingestion.Bodies;

/// <summary>Undoes a Content-Encoding; what comes out is bounded whatever the header inside claims.</summary>
internal static class Decompression
{
    /// <summary>Snappy copies at most 64 bytes per 2-byte element: a claim beyond that is a lie, refused before memory is rented for it.</summary>
    private const int MaxSnappyExpansion = 64;

    /// <summary>8 MiB: what a zstd frame may make the reader hold besides its output (RFC 8878 recommends that decoders allow it).</summary>
    private const int MaxZstdWindowLog = 23;

    /// <param name="encoding">Value of Content-Encoding: empty, <c>identity</c>, <c>gzip</c>, <c>deflate</c> (RFC 1950) or <c>zstd</c>.</param>
    /// <param name="lease">What comes out counts here, if given.</param>
    /// <exception cref="UnsupportedEncodingException">Another encoding.</exception>
    /// <exception cref="BodyTooLargeException">More than <paramref name="limitBytes"/> come out.</exception>
    /// <exception cref="MalformedBodyException">The compressed stream is damaged.</exception>
    public static async ValueTask<PooledBody> DecompressAsync(
        PooledBody body, string encoding, int limitBytes, MemoryLease? lease, CancellationToken cancellationToken)
    {
        if (IsIdentity(encoding))
        {
            return body;
        }

        using (body)
        {
            MemoryMarshal.TryGetArray(body.Memory, out var segment);
            var stream = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
            try
            {
                await using var plain = Open(stream, encoding);
                return await BoundedReading.ReadAsync(plain, null, limitBytes, "the decompressed body", cancellationToken, lease).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is InvalidDataException or ZstdException or EndOfStreamException)
            {
                throw new MalformedBodyException($"the body is not valid {encoding}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Undoes the snappy block format of Prometheus remote write.</summary>
    public static PooledBody DecompressSnappyBlock(PooledBody body, int limitBytes, MemoryLease? lease)
    {
        using (body)
        {
            try
            {
                var claimed = Snappy.GetUncompressedLength(body.Span);
                if (claimed > limitBytes)
                {
                    throw new BodyTooLargeException("the decompressed body", limitBytes);
                }

                if (claimed > (long)body.Length * MaxSnappyExpansion)
                {
                    throw new MalformedBodyException($"the snappy block claims {claimed} bytes from {body.Length}");
                }

                lease?.Take(claimed);
                var plain = ArrayPool<byte>.Shared.Rent(Math.Max(1, claimed));
                try
                {
                    return new PooledBody(plain, Snappy.Decompress(body.Span, plain));
                }
                catch
                {
                    ArrayPool<byte>.Shared.Return(plain);
                    throw;
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
            {
                throw new MalformedBodyException($"the body is not a valid snappy block: {exception.Message}", exception);
            }
        }
    }

    private static bool IsIdentity(string encoding) =>
        encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static Stream Open(Stream stream, string encoding) => encoding.ToLowerInvariant() switch
    {
        "gzip" => new GZipStream(stream, CompressionMode.Decompress),
        "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
        "zstd" => OpenZstd(stream),
        _ => throw new UnsupportedEncodingException($"expected Content-Encoding gzip, deflate, zstd or none, got '{encoding}'"),
    };

    private static DecompressionStream OpenZstd(Stream stream)
    {
        var zstd = new DecompressionStream(stream, leaveOpen: false);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
        return zstd;
    }
}
