using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>What is known of a tensor while walking the graph.</summary>
/// <param name="Shape">With the batch, which counts as 1, in the order of the file.</param>
/// <param name="Layer">The layer that puts it out; null for constants.</param>
/// <param name="ChannelsFirst">Channels come right behind the batch.</param>
internal sealed record OnnxValue(IReadOnlyList<int> Shape, string? Layer, bool ChannelsFirst = false)
{
    /// <summary>The constant behind it.</summary>
    public OnnxTensor? Constant { get; init; }

    /// <summary>The format a quantiser gave a constant.</summary>
    public FixedPoint? Precision { get; init; }

    public long Count => Shape.Aggregate(1L, (size, extent) => checked(size * extent));

    /// <summary>The shape as Keras writes it: no batch, channels last.</summary>
    public IReadOnlyList<int> Plain => ChannelsFirst && Shape.Count > 2 ? [.. Shape.Skip(2), Shape[1]] : [.. Shape.Skip(1)];

    /// <summary>The shape of the file for a plain one.</summary>
    public static IReadOnlyList<int> FromPlain(IReadOnlyList<int> plain, bool channelsFirst) =>
        channelsFirst && plain.Count > 1 ? [1, plain[^1], .. plain.Take(plain.Count - 1)] : [1, .. plain];
}
