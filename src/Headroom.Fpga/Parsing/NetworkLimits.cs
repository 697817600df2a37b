namespace Headroom.Fpga.Parsing;

/// <summary>How large a model file may be, so that a hostile one costs neither memory nor time. Each has its default.</summary>
public sealed record NetworkLimits
{
    public static NetworkLimits Default { get; } = new();

    /// <summary>Size of the file as given. Default 256 MiB: weights come along in most formats although they are not read.</summary>
    public long FileBytes { get; init; } = 256L << 20;

    /// <summary>Size of the description inside an archive, after decompression. Default 32 MiB.</summary>
    public int DescriptionBytes { get; init; } = 32 << 20;

    /// <summary>Levels of nested values or models. Default 64.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Layers of a network. Default 2,048.</summary>
    public int Layers { get; init; } = 2_048;

    /// <summary>Largest extent of a shape, kernel or stride. Default 1,048,576.</summary>
    public int Extent { get; init; } = 1 << 20;

    /// <summary>Weights of one layer. Default 2^28, a hundred times what any part can hold.</summary>
    public long LayerWeights { get; init; } = 1L << 28;

    /// <summary>Multiplications for one sample, all layers together. Default 10^12.</summary>
    public double Operations { get; init; } = 1e12;
}
