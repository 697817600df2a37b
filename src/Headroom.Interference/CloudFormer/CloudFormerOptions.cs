namespace Headroom.Interference.CloudFormer;

/// <summary>Which halves of the network there are.</summary>
public enum Branches
{
    Both,
    Temporal,
    System,
}

/// <summary>
/// CloudFormer's shape (arXiv 2509.03394, section 1.3 of the notes). The defaults are the paper's; whatever differs from them is a deviation with a name.
/// </summary>
public sealed record CloudFormerOptions
{
    /// <summary>Width d_t of a temporal token.</summary>
    public int TemporalWidth { get; init; } = 64;

    /// <summary>
    /// Width d_s of a system token. The text says 64, the stated size of the branch only fits 1;
    /// at width 1 a LayerNorm leaves nothing of a token but its bias, so that the branch says the same about every run.
    /// </summary>
    public int SystemWidth { get; init; } = 64;

    /// <summary>Encoder blocks of each branch.</summary>
    public int Blocks { get; init; } = 4;

    public int Heads { get; init; } = 4;

    public int HeadSize { get; init; } = 16;

    public int FeedForwardWidth { get; init; } = 256;

    /// <summary>Dropout inside the encoder; the paper does not state it.</summary>
    public double EncoderDropout { get; init; } = 0.1;

    public double HeadDropout { get; init; } = 0.4;

    /// <summary>Width of the hidden layer of the fusion head.</summary>
    public int HeadWidth { get; init; } = 64;

    public Branches Branches { get; init; } = Branches.Both;

    /// <summary>Deviation "metric identity": every system token knows which metric it is. In the paper all metrics share one embedding.</summary>
    public bool MetricIdentity { get; init; }

    /// <summary>Deviation "moments": system tokens see mean, deviation and 95th percentile over time instead of the mean alone.</summary>
    public bool Moments { get; init; }
}
