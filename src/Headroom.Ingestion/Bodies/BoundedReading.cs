using System.Buffers;

namespace Headroom.Ingestion.Bodies;

/// <summary>Reads a stream to its end into a rented array that grows by doubling and never past the limit.</summary>
internal static class BoundedReading
{
    private const int FirstRentBytes = 16 * 1024;

    /// <exception cref="BodyTooLargeException">The stream holds more than <paramref name="limitBytes"/>.</exception>
    public static async ValueTask<PooledBody> ReadAsync(
        Stream stream, long? expectedBytes, int limitBytes, string what, CancellationToken cancellationToken)
    {
        if (expectedBytes > limitBytes)
        {
            throw new BodyTooLargeException(what, limitBytes);
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(limitBytes, expectedBytes ?? FirstRentBytes) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
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
