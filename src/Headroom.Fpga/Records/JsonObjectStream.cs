using System.Globalization;
using System.Text.Json;

namespace Headroom.Fpga.Records;

/// <summary>Hands out the objects of a JSON array or of a file with one object per line, one at a time, whatever the size of the file.</summary>
internal static class JsonObjectStream
{
    /// <summary>A record larger than this is refused.</summary>
    public const int DefaultMaximumObjectBytes = 16 << 20;

    /// <exception cref="InvalidDataException">An object is too large, is cut off, or is not JSON; the message says which one.</exception>
    public static IEnumerable<JsonElement> Read(Stream stream, string name, int maximumObjectBytes = DefaultMaximumObjectBytes)
    {
        var buffer = new byte[1 << 16];
        using var current = new MemoryStream();
        var depth = 0;
        var inText = false;
        var escaped = false;
        var number = 0;
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            for (var index = 0; index < read; index++)
            {
                var value = buffer[index];
                if (depth == 0 && value != (byte)'{')
                {
                    continue;
                }

                if (current.Length >= maximumObjectBytes)
                {
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}, record {number + 1}: larger than the limit of {maximumObjectBytes} bytes."));
                }

                current.WriteByte(value);
                if (inText)
                {
                    (inText, escaped) = (escaped || value != (byte)'"', !escaped && value == (byte)'\\');
                }
                else if (value == (byte)'"')
                {
                    inText = true;
                }
                else if (value == (byte)'{')
                {
                    depth++;
                }
                else if (value == (byte)'}' && --depth == 0)
                {
                    number++;
                    yield return Parse(current, name, number);
                    current.SetLength(0);
                }
            }
        }

        if (depth > 0)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}, record {number + 1}: the file ends inside it."));
        }
    }

    private static JsonElement Parse(MemoryStream bytes, string name, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}, record {number}: {error.Message}"), error);
        }
    }
}
