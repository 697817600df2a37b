using System.Text.Json;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>Walks a Keras model description: sequential, functional, and models inside models.</summary>
internal sealed class KerasModel
{
    private readonly NetworkBuilder _builder;
    private readonly NetworkLimits _limits;

    private KerasModel(NetworkBuilder builder, NetworkLimits limits) => (_builder, _limits) = (builder, limits);

    public static Network Read(JsonElement model, string name, NetworkLimits limits)
    {
        var builder = new NetworkBuilder(model.Get("config")?.Text("name") ?? name, limits);
        new KerasModel(builder, limits).Model(model, "", [], 0);
        return builder.Build();
    }

    private static bool IsSequential(JsonElement model) => model.Text("class_name") == "Sequential";

    private static bool IsModel(JsonElement layer) => layer.Text("class_name") is "Sequential" or "Functional" or "Model";

    /// <summary>Adds the layers of a model and returns the name of what it puts out.</summary>
    private string Model(JsonElement model, string prefix, IReadOnlyList<string> inputs, int depth)
    {
        var config = model.Get("config") ?? throw new NetworkFormatException($"{prefix}model: expected a config, got none.");
        if (depth > _limits.Depth)
        {
            throw new NetworkFormatException($"{prefix}: more than {_limits.Depth} models inside each other.");
        }

        if (!IsModel(model))
        {
            throw new NetworkFormatException($"{prefix}model: expected class_name Sequential, Functional or Model, got '{model.Text("class_name")}'. Models made by subclassing do not state their layers.");
        }

        // Keras before 2.2.3 wrote the list of layers itself as the config.
        var layers = config.ValueKind == JsonValueKind.Array ? [.. config.EnumerateArray()] : config.Items("layers").ToArray();
        if (layers.Length > _limits.Layers)
        {
            // Before their order is searched for, which takes the square of their number.
            throw new NetworkFormatException($"{prefix}model: {layers.Length} layers, at most {_limits.Layers} are read (limit Layers).");
        }

        return layers.Length == 0
            ? throw new NetworkFormatException($"{prefix}model: expected layers, got none.")
            : IsSequential(model) ? Sequential(model, config, layers, prefix, inputs, depth) : Functional(config, layers, prefix, inputs, depth);
    }

    private string Sequential(JsonElement model, JsonElement config, JsonElement[] layers, string prefix, IReadOnlyList<string> inputs, int depth)
    {
        var last = inputs.Count > 0 ? inputs[0] : null;
        foreach (var layer in layers)
        {
            if (last is null && layer.Text("class_name") != "InputLayer")
            {
                last = _builder.Input(prefix + "input", FirstShape(model, config, layer));
            }

            last = One(layer, prefix, last is null ? [] : [last], depth);
        }

        return last!;
    }

    /// <summary>A sequential model without input layer states its input in the first layer, or in build_config.</summary>
    private static IReadOnlyList<int> FirstShape(JsonElement model, JsonElement config, JsonElement first)
    {
        const string place = "layer 1";
        return KerasLayer.InputShape(first, place)
            ?? config.BatchShape("build_input_shape", place)
            ?? model.Get("build_config")?.BatchShape("input_shape", place)
            ?? throw new NetworkFormatException("layer 1: the model does not state its input shape; build it before saving, or add an Input layer.");
    }

    private string Functional(JsonElement config, JsonElement[] layers, string prefix, IReadOnlyList<string> inputs, int depth)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = KerasLinks.Names(config, "input_layers");
        for (var index = 0; index < Math.Min(entries.Count, inputs.Count); index++)
        {
            outputs[entries[index]] = inputs[index];
        }

        // The list need not be in the order of the graph.
        var waiting = layers.ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.FindIndex(layer => KerasLinks.Sources(layer).All(outputs.ContainsKey));
            if (ready < 0)
            {
                var stuck = waiting[0];
                var missing = KerasLinks.Sources(stuck).First(source => !outputs.ContainsKey(source));
                throw new NetworkFormatException($"layer '{prefix}{KerasLayer.NameOf(stuck)}': reads '{missing}', which is no layer before it.");
            }

            var next = waiting[ready];
            waiting.RemoveAt(ready);
            if (!outputs.ContainsKey(KerasLayer.NameOf(next)))
            {
                outputs[KerasLayer.NameOf(next)] = One(next, prefix, [.. KerasLinks.Sources(next).Select(source => outputs[source])], depth);
            }
        }

        var ends = KerasLinks.Names(config, "output_layers");
        return outputs[ends.Count > 0 && outputs.ContainsKey(ends[0]) ? ends[0] : KerasLayer.NameOf(layers[^1])];
    }

    private string One(JsonElement layer, string prefix, IReadOnlyList<string> inputs, int depth)
    {
        if (IsModel(layer))
        {
            return Model(layer, $"{prefix}{KerasLayer.NameOf(layer)}/", inputs, depth + 1);
        }

        var name = prefix + KerasLayer.NameOf(layer);
        if (layer.Text("class_name") == "InputLayer")
        {
            return inputs.Count > 0 ? inputs[0] : _builder.Input(name, KerasLayer.InputShape(layer, $"layer '{name}'")
                ?? throw new NetworkFormatException($"layer '{name}': the input layer states no shape."));
        }

        return _builder.Add(KerasLayer.Read(layer, name, inputs, inputs.Count > 0 ? _builder.ShapeOf(inputs[0], $"layer '{name}'") : []));
    }
}
