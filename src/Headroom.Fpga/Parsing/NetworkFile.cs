using System.Text.Json;
using Headroom.Fpga.Parsing.Keras;
using Headroom.Fpga.Parsing.Onnx;
using Headroom.Fpga.Parsing.Plain;
using Headroom.Fpga.Parsing.Records;
using Headroom.Fpga.Parsing.Torch;

namespace Headroom.Fpga.Parsing;

/// <summary>Reads a network from a file of any format we know. The content decides, not the name.</summary>
public static class NetworkFile
{
    private static readonly INetworkFormat[] Formats =
    [
        new KerasArchive(),
        new ExportedProgram(),
        new KerasHdf5(),
        new KerasJson(),
        new WaRecord(),
        new PlainDescription(),
        new NetworkDocument(),
        new OnnxFormat(),
    ];

    /// <summary>Names of the formats, for people.</summary>
    public static IReadOnlyList<string> FormatNames { get; } = [.. Formats.Select(format => format.Name)];

    /// <summary>Reads the network in <paramref name="bytes"/>.</summary>
    /// <param name="name">Name of the file, for messages and the network's name.</param>
    /// <exception cref="NetworkFormatException">The file is of no known format, holds an unsupported layer, or passes a limit.</exception>
    public static ParsedNetwork Read(string name, ReadOnlyMemory<byte> bytes, NetworkLimits? limits = null)
    {
        limits ??= NetworkLimits.Default;
        try
        {
            using var file = ModelFileContent.Open(name, bytes, limits);
            var format = Formats.FirstOrDefault(candidate => candidate.Accepts(file))
                ?? throw new NetworkFormatException($"{name}: expected one of {string.Join(", ", FormatNames)}; the content is none of them.");
            return format.Read(file, limits);
        }
        catch (Exception malformed) when (IsMalformed(malformed))
        {
            throw new NetworkFormatException($"{name}: the file is damaged or not what it seems: {malformed.Message}", malformed);
        }
    }

    /// <summary>Reads a network that is already JSON, for example in a request.</summary>
    /// <exception cref="NetworkFormatException">As for a file.</exception>
    public static ParsedNetwork Read(JsonElement description, NetworkLimits? limits = null) =>
        Read("network", JsonSerializer.SerializeToUtf8Bytes(description), limits);

    // What reading broken bytes may throw; anything else is a fault of ours and must be seen.
    private static bool IsMalformed(Exception error) => error is InvalidDataException or JsonException or FormatException or OverflowException
        or EndOfStreamException or KeyNotFoundException or InvalidOperationException or ArgumentException or NotSupportedException or IndexOutOfRangeException;
}
