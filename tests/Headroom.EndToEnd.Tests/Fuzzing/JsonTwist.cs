using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Changes JSON so that it stays JSON, mostly: values at the ends of their ranges, of another type, too many, missing.</summary>
internal static class JsonTwist
{
    private const int LongText = 70_000;
    private const int ManyItems = 3_000;
    private const int DeepLevels = 5_000;
    private const int MostChanges = 4;

    private static readonly string[] Literals =
    [
        "null", "true", "0", "-1", "1", "-0.0", "1e308", "1e999", "-1e308", "5e-324", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "18446744073709551616", "0.1",
        "\"\"", "\" \"", "\"NaN\"", "\"Infinity\"", "\"\\u0000\"", "\"\\ud800\"", "\"../../etc/passwd\"", "\"%00\"", "\"'; drop table hosts; --\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"http://[::1\"", "\"*\"", "\"(a+)+$\"", "\"\ufeff\u202e\U0001f4a5\"", "[]", "{}", "[null]", "[[]]", "{\"\":null}",
    ];

    /// <summary>The bytes of a changed document; one time in eight they are damaged as bytes too.</summary>
    public static byte[] Of(JsonNode? document, Random random)
    {
        var text = document?.ToJsonString() ?? "null";
        try
        {
            for (var change = random.Next(0, MostChanges); change > 0; change--)
            {
                text = Once(text, random);
            }
        }
        catch (Exception reason) when (reason is JsonException or InvalidOperationException)
        {
            // What was put in last cannot be read or written on this side: it is sent as it is.
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(8) == 0 ? Damage.Of(bytes, random) : bytes;
    }

    private static string Once(string text, Random random)
    {
        var root = JsonNode.Parse(text);
        var places = Places(root).ToArray();
        if (places.Length == 0)
        {
            return Value(random, text);
        }

        var (parent, key) = places[random.Next(places.Length)];
        var marker = $"\u0001{random.Next()}";
        switch (parent)
        {
            case JsonObject fields when random.Next(6) == 0:
                fields.Remove((string)key);
                return root!.ToJsonString();
            case JsonObject fields when random.Next(12) == 0:
                fields[$"more{random.Next(9)}"] = fields[(string)key]?.DeepClone();
                return root!.ToJsonString();
            case JsonObject fields:
                var before = fields[(string)key]?.ToJsonString() ?? "null";
                fields[(string)key] = marker;
                return root!.ToJsonString().Replace(JsonSerializer.Serialize(marker), Value(random, before), StringComparison.Ordinal);
            case JsonArray items:
                var item = items[(int)key]?.ToJsonString() ?? "null";
                items[(int)key] = marker;
                return root!.ToJsonString().Replace(JsonSerializer.Serialize(marker), Value(random, item), StringComparison.Ordinal);
            default:
                return text;
        }
    }

    /// <summary>Every value that stands in an object or a list.</summary>
    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject fields => fields.ToArray().SelectMany(field => Places(field.Value).Prepend((fields, field.Key))),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(index => Places(items[index]).Prepend((items, index))),
        _ => [],
    };

    private static string Value(Random random, string before) => random.Next(24) switch
    {
        0 => $"\"{new string('x', LongText)}\"",
        1 => $"[{string.Join(',', Enumerable.Repeat(before.Length < 200 ? before : "0", ManyItems))}]",
        2 => new string('[', DeepLevels) + new string(']', DeepLevels),
        3 => $"[{before}]",
        4 => $"{{\"value\":{before}}}",
        5 => JsonSerializer.Serialize(before),
        6 => random.Next(int.MinValue, int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => Literals[random.Next(Literals.Length)],
    };
}
