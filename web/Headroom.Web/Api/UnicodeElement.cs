using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headroom.Web.Api;

/// <summary>
/// Free JSON in a request, read so that every text in it is Unicode. <see cref="JsonElement"/> alone keeps the raw bytes and fails only where a text
/// is used, long after the request was taken for readable.
/// </summary>
internal sealed class UnicodeElement : JsonConverter<JsonElement>
{
    /// <exception cref="JsonException">A text or a name is no Unicode: half a surrogate pair, or bytes that are no UTF-8.</exception>
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        try
        {
            ReadTexts(element);
        }
        catch (InvalidOperationException broken)
        {
            throw new JsonException($"Expected Unicode in every text, got one that is none: {broken.Message}", broken);
        }

        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    // As deep as the reader's own limit on depth.
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
        }
    }
}
