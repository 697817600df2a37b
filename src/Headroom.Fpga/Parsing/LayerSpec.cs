using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Parsing;

/// <summary>A layer as a file states it, before its shapes are worked out.</summary>
internal sealed record LayerSpec
{
    public required string Name { get; init; }

    public required LayerKind Kind { get; init; }

    /// <summary>Layers it reads; empty means the one before.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Neurons, filters or hidden units.</summary>
    public int Units { get; init; }

    public IReadOnlyList<int> KernelSize { get; init; } = [];

    public IReadOnlyList<int> Strides { get; init; } = [];

    public IReadOnlyList<int> Dilation { get; init; } = [];

    public PaddingKind Padding { get; init; }

    /// <summary>Zeros added per spatial axis, both sides together; null where <see cref="Padding"/> says it.</summary>
    public IReadOnlyList<int>? PadTotals { get; init; }

    public int DepthMultiplier { get; init; } = 1;

    public bool UseBias { get; init; } = true;

    public ActivationKind Activation { get; init; }

    /// <summary>Recurrent layers: every step's output, not only the last one's.</summary>
    public bool ReturnSequences { get; init; }

    /// <summary>Global pooling: keeps the spatial axes with extent one.</summary>
    public bool KeepAxes { get; init; }

    /// <summary>Reshape: the new shape, one extent may be -1. Zero padding: zeros per spatial axis. Up-sampling: factor per spatial axis.</summary>
    public IReadOnlyList<int> Target { get; init; } = [];

    /// <summary>Concatenation axis, batch left out; negative counts from the end.</summary>
    public int Axis { get; init; } = -1;

    public FixedPoint? WeightPrecision { get; init; }

    public FixedPoint? ResultPrecision { get; init; }

    /// <summary>Output shape where the file states it; else it is worked out.</summary>
    public IReadOnlyList<int>? OutputShape { get; init; }
}
