using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Headroom.Storage.Model.Configurations;

/// <summary>Maps a dictionary of strings to a jsonb column.</summary>
internal static class JsonText
{
    public static ValueConverter<Dictionary<string, string>, string> Converter { get; } = new(
        attributes => JsonSerializer.Serialize(attributes, JsonSerializerOptions.Default),
        text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default)!);

    public static ValueComparer<Dictionary<string, string>> Comparer { get; } = new(
        (left, right) => JsonSerializer.Serialize(left, JsonSerializerOptions.Default) == JsonSerializer.Serialize(right, JsonSerializerOptions.Default),
        attributes => JsonSerializer.Serialize(attributes, JsonSerializerOptions.Default).GetHashCode(StringComparison.Ordinal),
        attributes => new Dictionary<string, string>(attributes));
}
