using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Headroom.Agent.Files;

/// <summary>Compares keys in UTF-8, so that a key inside a file's content is looked up without making a string of it.</summary>
internal sealed class Utf8Keys : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static Utf8Keys Comparer { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 2166136261u;
        foreach (var octet in alternate)
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return (int)hash;
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public static byte[] Key(string text) => Encoding.UTF8.GetBytes(text);
}
