using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Configurations;

/// <summary>hls4ml's two ways of building a matrix product.</summary>
public enum HlsStrategy
{
    Latency,
    Resource,
}

/// <summary>How layers hand data on: all values at once, or one pixel after the other.</summary>
public enum IoType
{
    Parallel,
    Stream,
}

/// <summary>Which report a resource count comes from.</summary>
public enum ReportStage
{
    /// <summary>The estimate printed after C synthesis.</summary>
    HighLevelSynthesis,

    /// <summary>The count after logic synthesis (vsynth).</summary>
    LogicSynthesis,
}

/// <summary>What differs from the configuration's model-wide setting in one layer.</summary>
public sealed record LayerOverride(FixedPoint? WeightPrecision = null, FixedPoint? ResultPrecision = null, int? ReuseFactor = null, HlsStrategy? Strategy = null);

/// <summary>What hls4ml is asked to do with a network: precision, reuse, strategy, part, clock.</summary>
public sealed record HlsConfiguration
{
    /// <summary>Precision of data and accumulators.</summary>
    public FixedPoint Precision { get; init; } = FixedPoint.Default;

    /// <summary>Precision of weights; null means <see cref="Precision"/>.</summary>
    public FixedPoint? WeightPrecision { get; init; }

    /// <summary>Requested reuse factor; hls4ml takes the nearest valid one in each layer.</summary>
    public int ReuseFactor { get; init; } = 1;

    public HlsStrategy Strategy { get; init; } = HlsStrategy.Latency;

    public IoType IoType { get; init; } = IoType.Parallel;

    public string Part { get; init; } = "xcu250-figd2104-2L-e";

    public double ClockPeriodNanoseconds { get; init; } = 5;

    /// <summary>Tool version, for example 2023.2; null when unknown.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>Which report the resources are wanted for.</summary>
    public ReportStage Stage { get; init; } = ReportStage.HighLevelSynthesis;

    /// <summary>Per-layer differences, by layer name.</summary>
    public IReadOnlyDictionary<string, LayerOverride> Layers { get; init; } = new Dictionary<string, LayerOverride>();

    public LayerOverride? For(Layer layer) => Layers.GetValueOrDefault(layer.Name);

    /// <summary>Weight precision of a layer: its override, its own quantiser, the configuration's weights, the configuration's precision.</summary>
    public FixedPoint WeightPrecisionOf(Layer layer) =>
        For(layer)?.WeightPrecision ?? layer.WeightPrecision ?? WeightPrecision ?? Precision;

    public HlsStrategy StrategyOf(Layer layer) => For(layer)?.Strategy ?? Strategy;

    public int RequestedReuseOf(Layer layer) => For(layer)?.ReuseFactor ?? ReuseFactor;
}

/// <summary>A network together with how it is to be built.</summary>
public sealed record Design(Network Network, HlsConfiguration Configuration);
