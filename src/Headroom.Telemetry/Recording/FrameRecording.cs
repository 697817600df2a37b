using System.Buffers.Binary;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Telemetry.Recording;

/// <summary>
/// A file of frames: batches in the wire format, one after the other, each with its length in four bytes (little endian) before
/// it. A recording that was cut off in the middle of a batch is read up to there.
/// </summary>
public static class FrameRecording
{
    /// <summary>Longest batch a recording may hold; a length above it is no recording.</summary>
    public const int MaxBatchBytes = 64 * 1024 * 1024;

    /// <summary>Adds a batch at the end of a recording.</summary>
    public static void Append(Stream recording, FrameBatch batch)
    {
        var encoded = FrameBatchCodec.Encode(batch);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, encoded.Length);
        recording.Write(length);
        recording.Write(encoded);
    }

    /// <summary>Reads the batches of a recording in their order.</summary>
    /// <exception cref="FormatException">The stream is no recording.</exception>
    public static IEnumerable<FrameBatch> Read(Stream recording)
    {
        var length = new byte[4];
        while (recording.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == length.Length)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (size is <= 0 or > MaxBatchBytes)
            {
                throw new FormatException($"expected the length of a batch, 1 to {MaxBatchBytes} bytes, got {size}: this is no recording of frames");
            }

            var encoded = new byte[size];
            if (recording.ReadAtLeast(encoded, size, throwOnEndOfStream: false) < size)
            {
                yield break;
            }

            yield return FrameBatchCodec.Decode(encoded);
        }
    }
}
