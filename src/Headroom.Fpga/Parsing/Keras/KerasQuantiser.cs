using System.Text.Json;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>QKeras quantisers: a text like quantized_bits(6,0) or {"class_name": "quantized_bits", "config": {"bits": 6, "integer": 0}}.</summary>
internal static class KerasQuantiser
{
    private static readonly string[] WeightKeys = ["kernel_quantizer", "pointwise_quantizer", "depthwise_quantizer", "recurrent_quantizer"];

    /// <summary>The widest quantiser of the layer's weights; null when it has none.</summary>
    public static FixedPoint? Weights(JsonElement config) =>
        WeightKeys.Select(key => Read(config.Get(key))).OfType<FixedPoint>().MaxBy(precision => precision.Bits);

    public static FixedPoint? Read(JsonElement? quantiser)
    {
        switch (quantiser)
        {
            case { ValueKind: JsonValueKind.String } text:
                return LayerNames.Quantiser(text.GetString());
            case { ValueKind: JsonValueKind.Object } described:
                var config = described.Get("config") ?? default;
                var name = described.Text("class_name") ?? "";
                return LayerNames.Quantiser(config.Whole("bits") is { } bits ? $"{name}({bits},{config.Whole("integer") ?? 0})" : $"{name}()");
            default:
                return null;
        }
    }

    /// <summary>The name behind an activation written as text or described.</summary>
    public static string? NameOf(JsonElement? activation) => activation switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } described => described.Get("config") is { ValueKind: JsonValueKind.String } registered ? registered.GetString() : described.Text("class_name"),
        _ => null,
    };
}
