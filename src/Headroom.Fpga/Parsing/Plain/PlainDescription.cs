using System.Text.Json;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Plain;

/// <summary>Headroom's own description of a network, written by hand or by a search: <c>{"name", "input": [16], "layers": [{"type": "dense", "units": 64}]}</c>; see docs/fpga.md.</summary>
internal sealed class PlainDescription : INetworkFormat
{
    public string Name => "plain JSON description";

    public bool Accepts(ModelFileContent file) => file.Json is { } json && json.Get("layers") is { ValueKind: JsonValueKind.Array } && json.Get("input") is not null;

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        var json = file.Json!.Value;
        var builder = new NetworkBuilder(json.Text("name") ?? file.NetworkName, limits);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["input"] = builder.Input("input", json.Wholes("input", "input")) };
        var last = "input";
        var number = 0;
        foreach (var layer in json.Items("layers"))
        {
            number++;
            var type = layer.Text("type") ?? "";
            var name = layer.Text("name") ?? $"{type}_{number}";
            var place = $"layer {number} '{name}'";
            var kind = LayerNames.Kind(type) ?? throw NetworkFormatException.Unsupported(place, $"a layer of type '{type}'");
            var inputs = layer.Items("inputs").Select(source => source.ToString()).ToArray();
            if (inputs.FirstOrDefault(source => !outputs.ContainsKey(source)) is { } missing)
            {
                throw new NetworkFormatException($"{place}: reads '{missing}', which is no layer before it.");
            }

            IReadOnlyList<string> sources = inputs.Length > 0 ? [.. inputs.Select(source => outputs[source])] : [last];
            last = builder.Add(Spec(layer, name, type, kind, sources, builder.ShapeOf(sources[0], place), place));
            outputs[name] = last;
        }

        return new ParsedNetwork(builder.Build(), Name);
    }

    private static LayerSpec Spec(JsonElement layer, string name, string type, LayerKind kind, IReadOnlyList<string> sources, IReadOnlyList<int> inputShape, string place)
    {
        var axes = Math.Max(1, inputShape.Count - 1);
        var kernel = layer.Wholes("kernel", place, axes);
        var strides = layer.Wholes("strides", place, axes);
        return new LayerSpec
        {
            Name = name,
            Kind = kind,
            Inputs = sources,
            Units = layer.WholeOr("units", layer.WholeOr("filters", 0, place), place),
            KernelSize = kernel,
            Strides = strides.Count == 0 && kind is LayerKind.MaxPooling or LayerKind.AveragePooling ? kernel : strides,
            Dilation = layer.Wholes("dilation", place, axes),
            Padding = layer.Text("padding") switch
            {
                null or "valid" => PaddingKind.Valid,
                "same" => PaddingKind.Same,
                var other => throw new NetworkFormatException($"{place}: expected padding valid or same, got '{other}'."),
            },
            DepthMultiplier = layer.WholeOr("depth_multiplier", 1, place),
            UseBias = layer.Flag("bias") ?? true,
            Activation = kind == LayerKind.Activation && layer.Text("activation") is null ? LayerNames.Activation(type) : Known(layer.Text("activation"), place),
            ReturnSequences = layer.Flag("return_sequences") ?? false,
            Target = layer.Wholes(kind == LayerKind.Reshape ? "shape" : "amounts", place, axes),
            Axis = layer.WholeOr("axis", -1, place),
            WeightPrecision = Precision(layer, "weight_precision", place),
            ResultPrecision = Precision(layer, "result_precision", place),
        };
    }

    private static ActivationKind Known(string? activation, string place) => LayerNames.Activation(activation) is var kind and not ActivationKind.Other
        ? kind
        : throw NetworkFormatException.Unsupported(place, $"the activation '{activation}'");

    private static FixedPoint? Precision(JsonElement layer, string key, string place) => layer.Text(key) is not { } text
        ? null
        : FixedPoint.TryParse(text) ?? throw new NetworkFormatException($"{place}: expected {key} like fixed<16,6>, got '{text}'.");
}
