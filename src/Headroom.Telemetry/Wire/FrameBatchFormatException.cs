namespace Headroom.Telemetry.Wire;

/// <summary>Bytes that are not a frame batch: what was expected, where, and what came.</summary>
public sealed class FrameBatchFormatException : FormatException
{
    /// <param name="expected">What the format asks for, for example <c>at most 4096 bytes of text</c>.</param>
    /// <param name="offset">Byte offset from the start of the part that was read: the header, or the decompressed body.</param>
    /// <param name="actual">What was found.</param>
    /// <param name="cause">The error below, if there is one.</param>
    public FrameBatchFormatException(string expected, int offset, string actual, Exception? cause = null)
        : base($"expected {expected} at byte {offset}, got {actual}", cause)
    {
        Expected = expected;
        Offset = offset;
        Actual = actual;
    }

    /// <summary>What the format asks for.</summary>
    public string Expected { get; }

    /// <summary>Byte offset within the header or the decompressed body.</summary>
    public int Offset { get; }

    /// <summary>What was found.</summary>
    public string Actual { get; }
}
