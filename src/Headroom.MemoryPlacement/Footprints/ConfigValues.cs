using System.Text.Json;

namespace Headroom.MemoryPlacement.Footprints;

/// <summary>Typed reading of one JSON object of a <c>config.json</c>; errors name the key, what was expected and what came.</summary>
internal readonly struct ConfigValues(JsonElement element, string source)
{
    public string Source => source;

    public int Required(params ReadOnlySpan<string> keys) => Optional(keys)
        ?? throw new MemoryInputException($"{source}: expected a whole number under {string.Join(" or ", keys.ToArray())}, found none.");

    /// <summary>The first of these keys that is there and not null.</summary>
    public int? Optional(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Find(key) is { } value)
            {
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
                    ? number
                    : throw new MemoryInputException($"{source}: expected a whole number of at least 0 under {key}, got {value.GetRawText()}.");
            }
        }

        return null;
    }

    public bool? Flag(string key) => Find(key) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new MemoryInputException($"{source}: expected true or false under {key}, got {value.GetRawText()}.")
        : null;

    public string? Text(string key) => Find(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public IReadOnlyList<string>? Texts(string key) => Find(key) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")]
        : null;

    public IReadOnlyList<int>? Numbers(string key) => Find(key) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => item.GetInt32())]
        : null;

    public ConfigValues? Child(string key) => Find(key) is { ValueKind: JsonValueKind.Object } child ? new ConfigValues(child, $"{source} › {key}") : null;

    private JsonElement? Find(string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
