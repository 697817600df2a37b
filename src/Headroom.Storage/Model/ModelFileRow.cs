namespace Headroom.Storage.Model;

/// <summary>The bytes of a model file, found by their hash.</summary>
public sealed class ModelFileRow
{
    /// <summary>SHA-256 of the bytes, hexadecimal.</summary>
    public required string Hash { get; init; }

    public required byte[] Bytes { get; init; }
}
