using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Headroom.Learning.ModelFiles;

namespace Headroom.Fpga.Parsing;

/// <summary>A model file in memory, looked at once: JSON, archive, or bytes.</summary>
internal sealed class ModelFileContent : IDisposable
{
    private readonly JsonDocument? _json;
    private readonly ZipArchive? _archive;

    private ModelFileContent(string name, ReadOnlyMemory<byte> bytes, JsonDocument? json, ZipArchive? archive) =>
        (Name, Bytes, _json, _archive) = (name, bytes, json, archive);

    /// <summary>Name of the file as the person gave it; decides nothing, but names the network.</summary>
    public string Name { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public JsonElement? Json => _json?.RootElement;

    public string NetworkName => Path.GetFileNameWithoutExtension(Name) is { Length: > 0 } plain ? plain : "network";

    public static ModelFileContent Open(string name, ReadOnlyMemory<byte> bytes, NetworkLimits limits)
    {
        if (bytes.Length > limits.FileBytes)
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes.Length} bytes, at most {limits.FileBytes} are read (limit FileBytes)."));
        }

        var head = bytes.Span.TrimStart(" \t\r\n"u8);
        if (head.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
            head = bytes.Span;
        }

        if (head.StartsWith("PK"u8))
        {
            return new ModelFileContent(name, bytes, null, new ZipArchive(Stream(bytes), ZipArchiveMode.Read));
        }

        return head.StartsWith("{"u8) || head.StartsWith("["u8)
            ? new ModelFileContent(name, bytes, ParseJson(bytes, name, limits), null)
            : new ModelFileContent(name, bytes, null, null);
    }

    public bool HasEntry(Func<string, bool> isWanted) => _archive?.Entries.Any(entry => isWanted(entry.FullName)) ?? false;

    /// <summary>Reads an inner file as JSON; one larger than the limit is refused before it is unpacked.</summary>
    public JsonDocument ReadEntry(Func<string, bool> isWanted, NetworkLimits limits)
    {
        var entry = _archive!.Entries.First(candidate => isWanted(candidate.FullName));
        if (entry.Length > limits.DescriptionBytes)
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{Name}, {entry.FullName}: unpacks to {entry.Length} bytes, at most {limits.DescriptionBytes} are read (limit DescriptionBytes)."));
        }

        return ParseJson(ArchiveParts.Bytes(entry, Name, limits.DescriptionBytes), $"{Name}, {entry.FullName}", limits);
    }

    public static JsonDocument ParseJson(ReadOnlyMemory<byte> bytes, string name, NetworkLimits limits)
    {
        if (bytes.Length > limits.DescriptionBytes)
        {
            throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes.Length} bytes of JSON, at most {limits.DescriptionBytes} are read (limit DescriptionBytes)."));
        }

        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = limits.Depth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException malformed)
        {
            throw new NetworkFormatException($"{name}: expected JSON: {malformed.Message}", malformed);
        }
    }

    // An upload is an array already; a second one of its size would be memory that a sender can ask for.
    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray(), writable: false);

    public void Dispose()
    {
        _json?.Dispose();
        _archive?.Dispose();
    }
}
