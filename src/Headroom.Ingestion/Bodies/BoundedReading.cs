using System.Buffers;
using Headroom.Ingestion.Receiving;

namespace Headroom.Ingestion.Bodies;

/// <summary>Reads a stream to its end into a rented array that grows by doubling and never past the limit.</summary>
internal static class BoundedReading
{
    private const int FirstRentBytes = 16 * 1024;

    /// <param name="stream">Read to its end.</param>
    /// <param name="expectedBytes">Its length where it is known.</param>
    /// <param name="limitBytes">Most bytes that are read.</param>
    /// <param name="what">Name of it in the error.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="lease">What is read counts here as it grows, if given.</param>
    /// <exception cref="BodyTooLargeException">The stream holds more than <paramref name="limitBytes"/>.</exception>
    public static async ValueTask<PooledBody> ReadAsync(
        Stream stream, long? expectedBytes, int limitBytes, string what, CancellationToken cancellationToken, MemoryLease? lease = null)
    {
        if (expectedBytes > limitBytes)
        {
            throw new BodyTooLargeException(what, limitBytes);
        }

        lease?.Take(expectedBytes ?? FirstRentBytes);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(limitBytes, expectedBytes ?? FirstRentBytes) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    lease?.Take(length);
                    buffer = Grow(buffer, length, limitBytes);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return new PooledBody(buffer, length);
                }

                length += read;
                if (length > limitBytes)
                {
                    throw new BodyTooLargeException(what, limitBytes);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, int length, int limitBytes)
    {
        // One byte past the limit is enough to notice that there is more.
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limitBytes + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
