namespace Headroom.Fpga.Networks;

/// <summary>One layer of a network. Shapes are channels-last and leave out the batch.</summary>
public sealed record Layer
{
    public required string Name { get; init; }

    public required LayerKind Kind { get; init; }

    /// <summary>Shape of the (first) input, for example [32] or [54, 22, 16].</summary>
    public required IReadOnlyList<int> InputShape { get; init; }

    public required IReadOnlyList<int> OutputShape { get; init; }

    /// <summary>Names of the layers this one reads; empty means the layer before it.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Kernel extent per spatial axis; empty for layers without one.</summary>
    public IReadOnlyList<int> KernelSize { get; init; } = [];

    public IReadOnlyList<int> Strides { get; init; } = [];

    public PaddingKind Padding { get; init; }

    public bool UseBias { get; init; } = true;

    public ActivationKind Activation { get; init; }

    /// <summary>Depth multiplier of a depthwise or separable convolution.</summary>
    public int DepthMultiplier { get; init; } = 1;

    /// <summary>Weight bits of the layer's own quantiser (QKeras, QONNX); null when the file states none.</summary>
    public FixedPoint? WeightPrecision { get; init; }

    /// <summary>Bits of the layer's result by its own quantiser; null when the file states none.</summary>
    public FixedPoint? ResultPrecision { get; init; }

    /// <summary>Number of values a layer puts out for one sample.</summary>
    public long OutputSize => OutputShape.Aggregate(1L, (size, extent) => size * extent);

    /// <summary>The matrix products inside the layer; none for layers without weights.</summary>
    public IReadOnlyList<MatrixProduct> Products => MatrixProduct.Of(this);

    /// <summary>Number of trainable weights, biases included.</summary>
    public long Parameters => Products.Sum(product => product.Weights)
        + (Kind == LayerKind.BatchNormalization ? 2L * OutputShape[^1] : 0)
        + (UseBias && Products.Count > 0 ? BiasCount : 0);

    private long BiasCount => Kind switch
    {
        LayerKind.Lstm => 4L * OutputShape[^1],
        LayerKind.Gru => 6L * OutputShape[^1],
        _ => OutputShape[^1],
    };
}
