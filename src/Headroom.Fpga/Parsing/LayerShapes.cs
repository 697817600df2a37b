using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing;

/// <summary>Output shapes of layers, channels last, batch left out (Keras' rules).</summary>
internal static class LayerShapes
{
    /// <exception cref="NetworkFormatException">The layer does not fit its inputs.</exception>
    public static IReadOnlyList<int> Output(LayerSpec spec, IReadOnlyList<IReadOnlyList<int>> inputs, string place)
    {
        var input = inputs[0];
        return spec.Kind switch
        {
            LayerKind.Dense => [.. Rank(input, 1, place)[..^1], Positive(spec.Units, "units", place)],
            LayerKind.Conv1D or LayerKind.SeparableConv1D => Windows(spec, Exactly(input, 2, place), Positive(spec.Units, "filters", place), place),
            LayerKind.Conv2D or LayerKind.SeparableConv2D => Windows(spec, Exactly(input, 3, place), Positive(spec.Units, "filters", place), place),
            LayerKind.DepthwiseConv1D => Windows(spec, Exactly(input, 2, place), checked(input[^1] * spec.DepthMultiplier), place),
            LayerKind.DepthwiseConv2D => Windows(spec, Exactly(input, 3, place), checked(input[^1] * spec.DepthMultiplier), place),
            LayerKind.MaxPooling or LayerKind.AveragePooling => Windows(spec, Rank(input, 2, place), input[^1], place),
            LayerKind.GlobalMaxPooling or LayerKind.GlobalAveragePooling =>
                spec.KeepAxes ? [.. Rank(input, 2, place)[..^1].Select(_ => 1), input[^1]] : [Rank(input, 2, place)[^1]],
            LayerKind.Lstm or LayerKind.Gru => spec.ReturnSequences
                ? [Exactly(input, 2, place)[0], Positive(spec.Units, "units", place)]
                : [Exactly(input, 2, place)[0] > 0 ? Positive(spec.Units, "units", place) : 0],
            LayerKind.Flatten => [Size(input)],
            LayerKind.Reshape => Reshaped(input, spec.Target, place),
            LayerKind.ZeroPadding => PerAxis(input, spec.Target, place, (extent, zeros) => checked(extent + zeros)),
            LayerKind.UpSampling => PerAxis(input, spec.Target, place, (extent, factor) => checked(extent * factor)),
            LayerKind.Add => Broadcast(inputs, place),
            LayerKind.Concatenate => Joined(inputs, spec.Axis, place),
            _ => input,
        };
    }

    private static int Size(IReadOnlyList<int> shape) => shape.Aggregate(1, (size, extent) => checked(size * extent));

    private static int[] Rank(IReadOnlyList<int> shape, int least, string place) => shape.Count >= least
        ? [.. shape]
        : throw new NetworkFormatException($"{place}: expected an input of at least {least} axes without the batch, got {Text(shape)}.");

    private static int[] Exactly(IReadOnlyList<int> shape, int rank, string place) => shape.Count == rank
        ? [.. shape]
        : throw new NetworkFormatException($"{place}: expected an input of {rank} axes without the batch, got {Text(shape)}.");

    private static int Positive(int value, string what, string place) => value > 0
        ? value
        : throw new NetworkFormatException($"{place}: expected {what} above zero, got {value}.");

    private static int[] Windows(LayerSpec spec, int[] input, int channels, string place)
    {
        var output = new int[input.Length];
        for (var axis = 0; axis < input.Length - 1; axis++)
        {
            var stride = At(spec.Strides, axis, 1);
            var kernel = At(spec.KernelSize, axis, 1);
            var span = checked(((kernel - 1) * At(spec.Dilation, axis, 1)) + 1);
            var length = spec.PadTotals is { } zeros
                ? Steps(checked(input[axis] + At(zeros, axis, 0)), span, stride)
                : spec.Padding == PaddingKind.Same ? (input[axis] + stride - 1) / stride : Steps(input[axis], span, stride);
            output[axis] = length > 0
                ? length
                : throw new NetworkFormatException($"{place}: a kernel of {kernel} does not fit into an input of {Text(input)}.");
        }

        output[^1] = channels;
        return output;
    }

    private static int Steps(int length, int span, int stride) => length < span ? 0 : ((length - span) / stride) + 1;

    private static int At(IReadOnlyList<int> list, int index, int otherwise) => list.Count == 0 ? otherwise : list[Math.Min(index, list.Count - 1)];

    private static IReadOnlyList<int> Reshaped(IReadOnlyList<int> input, IReadOnlyList<int> target, string place)
    {
        var size = Size(input);
        var known = target.Where(extent => extent != -1).Aggregate(1, (product, extent) => checked(product * extent));
        if (target.Count == 0 || known <= 0 || size % known != 0 || target.Count(extent => extent == -1) > 1 || (!target.Contains(-1) && known != size))
        {
            throw new NetworkFormatException($"{place}: an input of {Text(input)} cannot become {Text(target)}.");
        }

        return [.. target.Select(extent => extent == -1 ? size / known : extent)];
    }

    private static int[] PerAxis(IReadOnlyList<int> input, IReadOnlyList<int> amounts, string place, Func<int, int, int> change) =>
        input.Count >= 2 && amounts.Count == input.Count - 1
            ? [.. amounts.Select((amount, axis) => change(input[axis], amount)), input[^1]]
            : throw new NetworkFormatException($"{place}: expected one amount per spatial axis of {Text(input)}, got {Text(amounts)}.");

    private static int[] Broadcast(IReadOnlyList<IReadOnlyList<int>> inputs, string place)
    {
        var rank = inputs.Max(shape => shape.Count);
        var output = new int[rank];
        foreach (var shape in inputs)
        {
            for (var axis = 0; axis < shape.Count; axis++)
            {
                var at = rank - shape.Count + axis;
                if (output[at] > 1 && shape[axis] > 1 && output[at] != shape[axis])
                {
                    throw new NetworkFormatException($"{place}: inputs {string.Join(", ", inputs.Select(Text))} do not fit each other.");
                }

                output[at] = Math.Max(output[at], shape[axis]);
            }
        }

        return output;
    }

    private static int[] Joined(IReadOnlyList<IReadOnlyList<int>> inputs, int axis, string place)
    {
        var output = inputs[0].ToArray();
        var at = axis < 0 ? output.Length + axis : axis;
        if (at < 0 || at >= output.Length || inputs.Any(shape => shape.Count != output.Length || shape.Where((extent, index) => index != at && extent != output[index]).Any()))
        {
            throw new NetworkFormatException($"{place}: inputs {string.Join(", ", inputs.Select(Text))} cannot be joined along axis {axis}.");
        }

        output[at] = inputs.Aggregate(0, (sum, shape) => checked(sum + shape[at]));
        return output;
    }

    public static string Text(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}
