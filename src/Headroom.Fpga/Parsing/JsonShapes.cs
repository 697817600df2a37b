using System.Globalization;
using System.Text.Json;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing;

/// <summary>Reads whole numbers and lists of them, and says where one is wrong.</summary>
internal static class JsonShapes
{
    /// <summary>A whole number, or the default when the key is missing.</summary>
    public static int WholeOr(this JsonElement element, string name, int otherwise, string place) =>
        element.Get(name) is { } value ? One(value, name, place) : otherwise;

    /// <summary>A list such as [3, 3], or one number for every axis; empty when the key is missing.</summary>
    public static IReadOnlyList<int> Wholes(this JsonElement element, string name, string place, int axes = 1)
    {
        if (element.Get(name) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(entry => One(entry, name, place))]
            : [.. Enumerable.Repeat(One(value, name, place), axes)];
    }

    /// <summary>A shape whose first extent is the batch, which is left out: [null, 28, 28, 1] is [28, 28, 1]. Null when the key is missing.</summary>
    public static IReadOnlyList<int>? BatchShape(this JsonElement element, string name, string place)
    {
        if (element.Get(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        // Old files nest it once per input.
        while (list.GetArrayLength() == 1 && list[0].ValueKind == JsonValueKind.Array)
        {
            list = list[0];
        }

        return [.. list.EnumerateArray().Skip(1).Select(extent => extent.ValueKind == JsonValueKind.Null
            ? throw new NetworkFormatException($"{place}: {name} leaves an extent open; hls4ml needs every extent besides the batch.")
            : One(extent, name, place))];
    }

    private static int One(JsonElement value, string name, string place) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture, $"{place}: expected a whole number for {name}, got {Shortened(value)}."));

    private static string Shortened(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
