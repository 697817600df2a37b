namespace Headroom.Fpga.Networks;

/// <summary>
/// One matrix-vector product as hls4ml unrolls it: <paramref name="Inputs"/> x <paramref name="Outputs"/> weights, run
/// <paramref name="Positions"/> times per sample (once in a dense layer, once per output pixel in a convolution, once per step in a recurrent layer).
/// </summary>
public sealed record MatrixProduct(int Inputs, int Outputs, long Positions)
{
    public long Weights => (long)Inputs * Outputs;

    public static IReadOnlyList<MatrixProduct> Of(Layer layer)
    {
        var channels = layer.InputShape.Count > 0 ? layer.InputShape[^1] : 1;
        var outputs = layer.OutputShape.Count > 0 ? layer.OutputShape[^1] : 1;
        var kernel = layer.KernelSize.Aggregate(1, (size, extent) => checked(size * extent));
        var positions = layer.OutputShape.Take(Math.Max(0, layer.OutputShape.Count - 1)).Aggregate(1L, (size, extent) => checked(size * extent));
        var steps = layer.InputShape.Count > 1 ? layer.InputShape[0] : 1;
        var widened = checked(channels * layer.DepthMultiplier);
        return layer.Kind switch
        {
            LayerKind.Dense => [new MatrixProduct(channels, outputs, positions)],
            LayerKind.Conv1D or LayerKind.Conv2D => [new MatrixProduct(checked(kernel * channels), outputs, positions)],
            LayerKind.DepthwiseConv1D or LayerKind.DepthwiseConv2D => [new MatrixProduct(kernel, widened, positions)],
            LayerKind.SeparableConv1D or LayerKind.SeparableConv2D =>
                [new MatrixProduct(kernel, widened, positions), new MatrixProduct(widened, outputs, positions)],
            LayerKind.Lstm => [new MatrixProduct(channels, checked(4 * outputs), steps), new MatrixProduct(outputs, checked(4 * outputs), steps)],
            LayerKind.Gru => [new MatrixProduct(channels, checked(3 * outputs), steps), new MatrixProduct(outputs, checked(3 * outputs), steps)],
            _ => [],
        };
    }
}
