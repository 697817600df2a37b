using System.Globalization;
using System.Text.Json;

namespace Headroom.Fpga.Records;

/// <summary>Reads loosely typed JSON: numbers as text, shapes nested or flat, keys that may be missing.</summary>
internal static class JsonValues
{
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string name) => element.Get(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        _ => null,
    };

    /// <summary>A number written as number or text; null when missing or not a number.</summary>
    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    public static int? Whole(this JsonElement element, string name) =>
        element.Number(name) is { } value && Math.Abs(value) <= int.MaxValue && value == Math.Floor(value) ? (int)value : null;

    public static bool? Flag(this JsonElement element, string name) => element.Text(name) switch
    {
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        _ => null,
    };

    /// <summary>A list of whole numbers: [6], 6, [null, 16] (batch left out) or [[null, 16]] (the first one).</summary>
    /// <exception cref="InvalidDataException">A number is not whole or too large for a shape.</exception>
    public static IReadOnlyList<int> Extents(this JsonElement element, string name)
    {
        if (element.Get(name) is not { } value)
        {
            return [];
        }

        while (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Array)
        {
            value = value[0];
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return [Extent(value, name)];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(extent => extent.ValueKind == JsonValueKind.Number).Select(extent => Extent(extent, name))]
            : [];
    }

    private static int Extent(JsonElement value, string name) =>
        value.TryGetInt32(out var extent) ? extent : throw new InvalidDataException($"{name}: expected a whole number, got {value.GetRawText()}.");

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
