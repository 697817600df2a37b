using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Rules;

/// <summary>What the rules say about one matrix product of a layer.</summary>
/// <param name="ReuseFactor">The factor hls4ml really uses.</param>
/// <param name="Multipliers">Multipliers working side by side: ceil(weights / reuse).</param>
/// <param name="WeightBits">Bits of one weight.</param>
/// <param name="BlockRam18">18 Kb blocks that hold the weights, reuse words of multipliers x bits; none under strategy latency.</param>
public sealed record ProductRules(MatrixProduct Product, int ReuseFactor, long Multipliers, int WeightBits, long BlockRam18)
{
    /// <summary>hls4ml builds a reuse factor below or at the inputs differently from one above.</summary>
    public bool ReuseAboveInputs => ReuseFactor > Product.Inputs;
}

/// <summary>What the rules say about one layer.</summary>
/// <param name="Positions">
/// How often its products run for one sample, by product. A streamed convolution takes one step for every pixel that comes in, not for every
/// pixel it puts out.
/// </param>
public sealed record LayerRules(Layer Layer, HlsStrategy Strategy, IReadOnlyList<ProductRules> Products, IReadOnlyList<long> Positions)
{
    public int ReuseFactor => Products.Count == 0 ? 1 : Products.Max(product => product.ReuseFactor);

    /// <summary>Cycles of the layer: reuse for every position.</summary>
    public double Cycles => Products.Count == 0 ? 0 : Products.Select((product, index) => (double)product.ReuseFactor * Positions[index]).Max();
}

/// <summary>
/// The analytic rules of a design. Exact where said, else a starting point for the learned models:
/// <list type="bullet">
/// <item>DSP = sum of multipliers from 8-bit weights, none below. Domain: dense, strategy resource, 16-bit data, reuse above 1.</item>
/// <item>Latency = sum of reuse + 2 per layer - 1. Domain: dense networks, strategy resource, io parallel.</item>
/// <item>Latency = input pixels x reuse of the slowest layer, within a few percent. Domain: convolutions, io stream.</item>
/// <item>II = the largest reuse. Domain: as latency.</item>
/// <item>BRAM = weight bits over the block's shapes under strategy resource; the tools share and pad, so it is a guide. None under strategy latency, where weights are constants in the logic.</item>
/// </list>
/// </summary>
public sealed record DesignRules(Design Design, IReadOnlyList<LayerRules> Layers)
{
    /// <summary>From this many weight bits the tools use DSP blocks for a product with 16-bit data.</summary>
    public const int DspThresholdBits = 8;

    public IEnumerable<ProductRules> Products => Layers.SelectMany(layer => layer.Products);

    public long Multipliers => Products.Sum(product => product.Multipliers);

    /// <summary>Multipliers really built: every weight under strategy latency, those the reuse factor leaves under strategy resource.</summary>
    public long BuiltMultipliers => Layers.Sum(layer => layer.Products.Sum(product => layer.Strategy == HlsStrategy.Latency ? product.Product.Weights : product.Multipliers));

    public long Dsp => Products.Sum(product => product.WeightBits >= DspThresholdBits ? product.Multipliers : 0);

    public long BlockRam18 => Products.Sum(product => product.BlockRam18);

    /// <summary>Layers that stream pixels work side by side: the slowest one counts. Others wait for each other: they add up.</summary>
    public double LatencyCycles => IsStreamedConvolution
        ? Layers.Max(layer => layer.Cycles) + 1
        : Layers.Sum(layer => layer.Cycles) + Math.Max(0, (2 * Layers.Count) - 1);

    public double InitiationInterval => Layers.Count == 0 ? 1 : Layers.Max(layer => Math.Max(1, layer.Cycles));

    private bool IsStreamedConvolution => Design.Configuration.IoType == IoType.Stream && Design.Network.HasConvolution && Layers.Count > 0;

    public static DesignRules Of(Design design)
    {
        var configuration = design.Configuration;
        return new DesignRules(design, [.. design.Network.WeightedLayers.Select(layer => Of(layer, configuration))]);
    }

    public static LayerRules Of(Layer layer, HlsConfiguration configuration)
    {
        var bits = configuration.WeightPrecisionOf(layer).Bits;
        var requested = configuration.RequestedReuseOf(layer);
        var strategy = configuration.StrategyOf(layer);
        var products = layer.Products;
        var rules = new ProductRules[products.Count];
        for (var index = 0; index < rules.Length; index++)
        {
            var product = products[index];
            var reuse = ReuseFactors.Nearest(product.Inputs, product.Outputs, requested);
            var multipliers = (product.Weights + reuse - 1) / reuse;
            rules[index] = new ProductRules(product, reuse, multipliers, bits, strategy == HlsStrategy.Latency ? 0 : BlockRams.Count(reuse, multipliers * bits));
        }

        return new LayerRules(layer, strategy, rules, [.. rules.Select(rule => PositionsOf(layer, rule.Product, configuration.IoType))]);
    }

    private static long PositionsOf(Layer layer, MatrixProduct product, IoType ioType) => layer.KernelSize.Count > 0 && ioType == IoType.Stream
        ? layer.InputShape.Take(layer.InputShape.Count - 1).Aggregate(1L, (size, extent) => size * extent)
        : product.Positions;
}
