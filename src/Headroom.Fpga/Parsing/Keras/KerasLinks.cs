using System.Text.Json;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>Which layers a layer of a functional model reads.</summary>
internal static class KerasLinks
{
    /// <summary>Keras 2 writes [[["dense", 0, 0, {}]]], Keras 3 {"args": [… "keras_history": ["dense", 0, 0] …]}. A layer that is used twice is read as used once.</summary>
    public static IReadOnlyList<string> Sources(JsonElement layer)
    {
        var found = new List<string>();
        var nodes = layer.Items("inbound_nodes").ToArray();
        if (nodes.Length > 0)
        {
            Collect(nodes[0], found);
        }

        return found;
    }

    /// <summary>The layer names in input_layers or output_layers: ["dense", 0, 0] or a list of those.</summary>
    public static IReadOnlyList<string> Names(JsonElement config, string key)
    {
        if (config.Get(key) is not { ValueKind: JsonValueKind.Array } list)
        {
            return [];
        }

        var found = new List<string>();
        Collect(list, found);
        return found;
    }

    private static void Collect(JsonElement element, List<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array when element.GetArrayLength() >= 3 && element[0].ValueKind == JsonValueKind.String && element[1].ValueKind == JsonValueKind.Number:
                found.Add(element[0].GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var inner in element.EnumerateArray())
                {
                    Collect(inner, found);
                }

                break;
            case JsonValueKind.Object when element.Get("keras_history") is { } history:
                Collect(history, found);
                break;
            case JsonValueKind.Object:
                foreach (var inner in element.EnumerateObject())
                {
                    Collect(inner.Value, found);
                }

                break;
        }
    }
}
