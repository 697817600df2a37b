using System.Globalization;
using System.IO.Compression;

namespace Headroom.Learning.ModelFiles;

/// <summary>Unpacks archives whose parts may say anything: never more bytes than a bound, and every name once.</summary>
public static class ArchiveParts
{
    /// <summary>All parts by name, bytes after decompression.</summary>
    /// <param name="archive">An archive open to be read.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="mostBytes">Bound of all parts together, in bytes after decompression.</param>
    /// <exception cref="InvalidDataException">Two parts have one name, or the parts are larger than the bound or than they say.</exception>
    public static Dictionary<string, byte[]> Unpack(ZipArchive archive, string name, long mostBytes)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var left = mostBytes;
        foreach (var entry in archive.Entries)
        {
            var bytes = Bytes(entry, name, left);
            if (!parts.TryAdd(entry.FullName, bytes))
            {
                throw new InvalidDataException($"{name}: expected every part once, got two parts named '{entry.FullName}'.");
            }

            left -= bytes.Length;
        }

        return parts;
    }

    /// <summary>One part. Its stated size is held against the bound before memory is taken; the archive's reader gives no byte beyond that size.</summary>
    /// <exception cref="InvalidDataException">The part is larger than the bound, or not as large as it says.</exception>
    public static byte[] Bytes(ZipArchiveEntry entry, string name, long mostBytes)
    {
        if (entry.Length > mostBytes || entry.Length > Array.MaxLength)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}, {entry.FullName}: expected at most {mostBytes} bytes unpacked, got {entry.Length}."));
        }

        using var packed = entry.Open();
        var bytes = new byte[entry.Length];
        var read = packed.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length && packed.ReadByte() < 0
            ? bytes
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}, {entry.FullName}: expected the {entry.Length} bytes that the archive states, got {(read < bytes.Length ? $"{read}" : "more")}."));
    }
}
