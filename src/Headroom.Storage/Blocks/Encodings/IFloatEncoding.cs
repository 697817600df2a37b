namespace Headroom.Storage.Blocks.Encodings;

/// <summary>One way to write numbers, exact to the bit.</summary>
internal interface IFloatEncoding
{
    /// <summary>Stored in front of every block: never renumber.</summary>
    byte Id { get; }

    string Name { get; }

    /// <summary>Writes the values and returns true, or returns false when they cannot be written this way.</summary>
    bool TryWrite(BlockWriter block, ReadOnlySpan<float> values);

    /// <summary>Reads back as many values as <paramref name="values"/> has places for.</summary>
    void Read(ref BlockCursor block, Span<float> values);
}
