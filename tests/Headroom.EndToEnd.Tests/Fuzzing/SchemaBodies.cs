using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.EndToEnd.Tests.Api;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Bodies that fit the API's own description, with values out of a hat.</summary>
internal sealed class SchemaBodies(ApiDocument document)
{
    private const int Deepest = 6;

    private static readonly double[] Numbers = [0, 1, 2, 3, 5, 10, 60, 0.5, 0.9, 100, 1_000];

    // Words that mean something somewhere, so that a body goes further than its first check.
    private static readonly string[] Words =
        ["metric", "host", "workload", "system.memory.utilization", "cpu", "max", "csv", "llama-3.1-8b", "zcu102", "optimal", "adam", "training", "*", "0 3 * * *", "a name", "viewer", "http://127.0.0.1:9/", "key", "/fleet"];

    public JsonNode? Of(ApiOperation operation, Random random) =>
        operation.Element.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema)
            ? Make(schema, random, 0)
            : null;

    private JsonNode? Make(JsonElement schema, Random random, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            return null;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Make(Resolve(reference.GetString()!), random, depth);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return JsonNode.Parse(values[random.Next(values.GetArrayLength())].GetRawText());
        }

        foreach (var choice in (ReadOnlySpan<string>)["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(choice, out var options))
            {
                return Make(options[random.Next(options.GetArrayLength())], random, depth);
            }
        }

        return Typed(TypeOf(schema, random), schema, random, depth);
    }

    private JsonNode? Typed(string? type, JsonElement schema, Random random, int depth) => type switch
    {
        "object" => Fields(schema, random, depth),
        "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(schema.GetProperty("items"), random, depth + 1))]),
        "string" => Text(schema.TryGetProperty("format", out var format) ? format.GetString() : null, random),
        "integer" => (int)Numbers[random.Next(Numbers.Length)],
        "number" => Numbers[random.Next(Numbers.Length)],
        "boolean" => random.Next(2) == 0,
        "null" => null,
        _ => new JsonObject { ["value"] = random.Next(10) },
    };

    private JsonObject Fields(JsonElement schema, Random random, int depth)
    {
        var fields = new JsonObject();
        foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
        {
            if (random.Next(8) > 0)
            {
                fields[property.Name] = Make(property.Value, random, depth + 1);
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
        {
            fields[Words[random.Next(Words.Length)]] = Make(more, random, depth + 1);
        }

        return fields;
    }

    private static string Text(string? format, Random random) => format switch
    {
        "date-time" => "2026-11-30T12:00:00Z",
        "uuid" => new Guid(random.Next(), 0, 0, new byte[8]).ToString(),
        _ => Words[random.Next(Words.Length)],
    };

    private static string? TypeOf(JsonElement schema, Random random)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return schema.TryGetProperty("properties", out _) ? "object" : null;
        }

        return type.ValueKind == JsonValueKind.Array ? type[random.Next(type.GetArrayLength())].GetString() : type.GetString();
    }

    private JsonElement Resolve(string reference) => reference.Split('/').Skip(1).Aggregate(document.Json, (element, step) => element.GetProperty(step));
}
