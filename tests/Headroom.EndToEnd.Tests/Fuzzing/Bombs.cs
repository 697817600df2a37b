using System.IO.Compression;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Small bodies that become large ones, or say that they do.</summary>
internal static class Bombs
{
    private const int UnpackedBytes = 96 << 20;

    private static readonly Lazy<byte[]> Nothing = new(() => new byte[UnpackedBytes]);

    /// <summary>Every Content-Encoding with a body that unpacks to far more than any receiver takes.</summary>
    public static IReadOnlyList<(string Encoding, byte[] Body)> Encoded { get; } =
    [
        ("gzip", Packed(stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))),
        ("deflate", Packed(stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))),
        ("br", Packed(stream => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))),
        ("zstd", Packed(stream => new ZstdSharp.CompressionStream(stream, leaveOpen: true))),
    ];

    /// <summary>Blocks of snappy: one that unpacks to far too much, and some that only claim to.</summary>
    public static IReadOnlyList<byte[]> Snappy { get; } =
    [
        Snappier.Snappy.CompressToArray(Nothing.Value),
        [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0],
        [0xff, 0xff, 0xff, 0xff, 0x07, 0xfe, 1, 0],
        [0x80, 0x80, 0x80, 0x08, .. Enumerable.Repeat((byte)0xfe, 4_096)],
    ];

    /// <summary>An archive as Keras writes it, with an entry that unpacks to far too much.</summary>
    public static byte[] Archive(string entry)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry(entry, CompressionLevel.Optimal).Open();
            stream.Write(Nothing.Value);
        }

        return bytes.ToArray();
    }

    /// <summary>Nine times nine times ... of one word, by references: 300 bytes that say ten billion.</summary>
    public static string Laughs()
    {
        var lines = new List<string> { "a0: &a0 [lol]" };
        for (var level = 1; level <= 10; level++)
        {
            lines.Add($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]");
        }

        return string.Join('\n', lines);
    }

    private static byte[] Packed(Func<Stream, Stream> pack)
    {
        using var bytes = new MemoryStream();
        using (var stream = pack(bytes))
        {
            stream.Write(Nothing.Value);
        }

        return bytes.ToArray();
    }
}
