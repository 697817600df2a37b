using System.Text.Json;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>One layer of a Keras or QKeras description.</summary>
internal static class KerasLayer
{
    public static string NameOf(JsonElement layer) => layer.Text("name") ?? layer.Get("config")?.Text("name") ?? layer.Text("class_name") ?? "layer";

    /// <summary>The shape an input layer, or the first layer of a sequential model, states.</summary>
    public static IReadOnlyList<int>? InputShape(JsonElement layer, string place)
    {
        var config = layer.Get("config") ?? default;
        return config.BatchShape("batch_shape", place)
            ?? config.BatchShape("batch_input_shape", place)
            ?? layer.Get("build_config")?.BatchShape("input_shape", place);
    }

    public static LayerSpec Read(JsonElement layer, string name, IReadOnlyList<string> inputs, IReadOnlyList<int> inputShape)
    {
        var place = $"layer '{name}'";
        var className = layer.Text("class_name") ?? "";
        var config = layer.Get("config") ?? throw new NetworkFormatException($"{place}: expected a config, got none.");
        if (className == "TimeDistributed" && config.Get("layer") is { } inner && LayerNames.Kind(inner.Text("class_name") ?? "") == LayerKind.Dense)
        {
            return Read(inner, name, inputs, inputShape);
        }

        var kind = LayerNames.Kind(className) ?? throw NetworkFormatException.Unsupported(place, $"a layer of class '{className}'");
        if (config.Text("data_format") == "channels_first" && inputShape.Count > 1)
        {
            throw new NetworkFormatException($"{place}: data_format channels_first is not supported; expected channels_last.");
        }

        if (config.WholeOr("groups", 1, place) != 1)
        {
            throw NetworkFormatException.Unsupported(place, $"a convolution in {config.WholeOr("groups", 1, place)} groups");
        }

        var axes = Math.Max(1, inputShape.Count - 1);
        var pooling = kind is LayerKind.MaxPooling or LayerKind.AveragePooling;
        var kernel = config.Wholes(pooling ? "pool_size" : "kernel_size", place, axes);
        var strides = config.Wholes("strides", place, axes);
        return new LayerSpec
        {
            Name = name,
            Kind = kind,
            Inputs = inputs,
            Units = config.WholeOr("units", config.WholeOr("filters", 0, place), place),
            KernelSize = kernel,
            Strides = pooling && strides.Count == 0 ? kernel : strides,
            Dilation = config.Wholes("dilation_rate", place, axes),
            Padding = PaddingOf(config, kind, place),
            DepthMultiplier = config.WholeOr("depth_multiplier", 1, place),
            UseBias = config.Flag("use_bias") ?? true,
            Activation = ActivationOf(className, config, kind),
            ReturnSequences = config.Flag("return_sequences") ?? false,
            KeepAxes = config.Flag("keepdims") ?? false,
            Target = TargetOf(className, config, kind, inputShape, place),
            Axis = AxisOf(config, kind, place),
            WeightPrecision = KerasQuantiser.Weights(config),
            ResultPrecision = KerasQuantiser.Read(config.Get("activation")),
        };
    }

    private static PaddingKind PaddingOf(JsonElement config, LayerKind kind, string place)
    {
        if (kind == LayerKind.ZeroPadding)
        {
            return PaddingKind.Valid;
        }

        return config.Text("padding")?.ToLowerInvariant() switch
        {
            null or "valid" => PaddingKind.Valid,
            "same" or "causal" => PaddingKind.Same,
            var other => throw new NetworkFormatException($"{place}: expected padding valid, same or causal, got '{other}'."),
        };
    }

    /// <summary>The axis in a file counts the batch.</summary>
    private static int AxisOf(JsonElement config, LayerKind kind, string place) =>
        kind == LayerKind.Concatenate && config.Get("axis") is not null && config.WholeOr("axis", -1, place) is > 0 and var axis ? axis - 1 : -1;

    private static ActivationKind ActivationOf(string className, JsonElement config, LayerKind kind) => kind switch
    {
        LayerKind.Activation when config.Get("activation") is null => LayerNames.Activation(className),
        LayerKind.Lstm or LayerKind.Gru => ActivationKind.Linear,
        _ => LayerNames.Activation(KerasQuantiser.NameOf(config.Get("activation"))),
    };

    private static IReadOnlyList<int> TargetOf(string className, JsonElement config, LayerKind kind, IReadOnlyList<int> inputShape, string place) => kind switch
    {
        LayerKind.Reshape when className == "Permute" => [.. config.Wholes("dims", place).Select(axis =>
            axis >= 1 && axis <= inputShape.Count ? inputShape[axis - 1] : throw new NetworkFormatException($"{place}: axis {axis} is none of {LayerShapes.Text(inputShape)}."))],
        LayerKind.Reshape => config.Wholes("target_shape", place),
        LayerKind.UpSampling => config.Wholes("size", place, inputShape.Count - 1),
        LayerKind.ZeroPadding => PadTotals(config, inputShape.Count - 1, place),
        _ => [],
    };

    /// <summary>padding is 1, [1, 1] or [[1, 1], [2, 2]].</summary>
    private static IReadOnlyList<int> PadTotals(JsonElement config, int axes, string place)
    {
        if (config.Get("padding") is not { ValueKind: JsonValueKind.Array } list)
        {
            return [.. config.Wholes("padding", place, axes).Select(amount => 2 * amount)];
        }

        if (list.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.Number))
        {
            var amounts = config.Wholes("padding", place);
            return axes == 1 ? [amounts.Sum()] : [.. amounts.Select(amount => checked(2 * amount))];
        }

        return [.. list.EnumerateArray().Select(entry => entry.EnumerateArray().Sum(side => side.GetInt32()))];
    }
}
