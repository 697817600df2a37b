using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>
/// A design layer by layer as the wa-hls4ml Transformer and GNN see it (arXiv 2511.05615; axess-benchmark): 12 numerics, one-hot layer type (12),
/// activation (6) and padding (3), 33 numbers a layer; strategy and io type one-hot for the whole graph. The reuse factor is the requested one.
/// </summary>
internal static class LayerEncoding
{
    public const int Numerics = 12;
    public const int LayerTypes = 12;
    public const int Activations = 6;
    public const int Paddings = 3;
    public const int Width = Numerics + LayerTypes + Activations + Paddings;
    public const int MaximumLayers = 51;
    public const int GraphWidth = 4;

    private const int Missing = -1;

    /// <summary>The layers of a design, at most <see cref="MaximumLayers"/>, each with numerics not yet scaled; layers that hls4ml drops are left out.</summary>
    public static float[][] Layers(Design design)
    {
        var rows = new List<float[]>();
        var bits = design.Configuration.Precision.Bits;
        foreach (var layer in design.Network.Layers)
        {
            if (LayerType(layer.Kind) is { } type && rows.Count < MaximumLayers)
            {
                bits = layer.Products.Count > 0 ? design.Configuration.WeightPrecisionOf(layer).Bits : bits;
                rows.Add(One(layer, type, bits, design.Configuration));
            }
        }

        return [.. rows];
    }

    /// <summary>One-hot strategy (latency, resource) and io type (parallel, stream).</summary>
    public static float[] Graph(Design design)
    {
        var resource = design.Configuration.Strategy == HlsStrategy.Resource ? 1 : 0;
        var stream = design.Configuration.IoType == IoType.Stream || design.Network.HasConvolution ? 1 : 0;
        return [1 - resource, resource, 1 - stream, stream];
    }

    private static float[] One(Layer layer, int type, int bits, HlsConfiguration configuration)
    {
        var row = new float[Width];
        var weighted = layer.Products.Count > 0;
        var convolution = weighted && layer.KernelSize.Count > 0;
        Extents(layer.InputShape, row, 0);
        Extents(layer.OutputShape, row, 3);
        row[6] = bits;
        row[7] = weighted ? configuration.RequestedReuseOf(layer) : 1;
        row[8] = convolution ? layer.OutputShape[^1] : Missing;
        row[9] = convolution ? layer.KernelSize[0] : Missing;
        row[10] = convolution && layer.Strides.Count > 0 ? layer.Strides[0] : Missing;
        row[11] = type is 9 or 10 ? 2 : Missing;
        row[Numerics + type] = 1;
        row[Numerics + LayerTypes + Activation(layer)] = 1;
        row[Numerics + LayerTypes + Activations + (!convolution ? 0 : layer.Padding == PaddingKind.Valid ? 1 : 2)] = 1;
        return row;
    }

    private static void Extents(IReadOnlyList<int> shape, float[] row, int at)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            row[at + axis] = axis < shape.Count ? shape[axis] : Missing;
        }
    }

    private static int? LayerType(LayerKind kind) => kind switch
    {
        LayerKind.Activation => 0,
        LayerKind.Dense or LayerKind.Lstm or LayerKind.Gru => 1,
        LayerKind.Conv1D => 2,
        LayerKind.Conv2D => 3,
        LayerKind.SeparableConv1D => 4,
        LayerKind.SeparableConv2D => 5,
        LayerKind.DepthwiseConv1D => 6,
        LayerKind.DepthwiseConv2D => 7,
        LayerKind.Flatten or LayerKind.Reshape => 8,
        LayerKind.MaxPooling or LayerKind.GlobalMaxPooling => 9,
        LayerKind.AveragePooling or LayerKind.GlobalAveragePooling => 10,
        LayerKind.BatchNormalization => 11,
        _ => null,
    };

    private static int Activation(Layer layer) => layer.Kind is not (LayerKind.Activation or LayerKind.Dense) ? 0 : layer.Activation switch
    {
        ActivationKind.Linear => 1,
        ActivationKind.Relu or ActivationKind.LeakyRelu => 2,
        ActivationKind.Tanh or ActivationKind.HardTanh => 3,
        ActivationKind.Sigmoid or ActivationKind.HardSigmoid => 4,
        ActivationKind.Softmax => 5,
        _ => 0,
    };
}
