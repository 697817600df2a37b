using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Rules;

namespace Headroom.Fpga.Surrogates;

/// <summary>
/// A design as numbers, rules first: the actual reuse factors, multipliers, weight memories and rule estimates, summed over the network, and the
/// first and last products by themselves. Counts are ln(1 + x), so that products of sizes become sums.
/// </summary>
public static class DesignFeatures
{
    private const int Slots = 4;

    private static readonly string[] Totals =
    [
        "strategy", "io", "stage", "tool", "ln_clock", "data_bits", "weight_bits", "ln_requested_reuse", "ln_part_lut", "ln_part_dsp",
        "ln_products", "ln_weights", "ln_multipliers", "ln_multiplier_bits", "ln_weight_bits_total", "ln_reuse_sum", "ln_reuse_max", "ln_reuse_min",
        "ln_outputs_sum", "ln_outputs_max", "ln_inputs_sum", "ln_inputs_max", "ln_multipliers_max",
        "ln_bram_rule", "ln_dsp_rule", "ln_latency_rule", "ln_ii_rule", "reuse_above_inputs", "ln_outputs_reuse_above", "ln_multipliers_reuse_below",
        "dsp_mode", "ln_positions_sum", "ln_positions_max", "ln_kernel", "recurrent", "convolution",
        "ln_activation_elements", "ln_table_elements", "softmax", "batchnorm", "pooling", "add", "ln_bias",
        "unrolled", "ln_built", "ln_unrolled_weights", "ln_folded_outputs",
    ];

    private static readonly string[] PerSlot = ["ln_inputs", "ln_outputs", "ln_reuse", "ln_multipliers", "ln_reuse_per_input", "ln_bram"];

    public static IReadOnlyList<string> Names { get; } =
        [.. Totals, .. Enumerable.Range(1, Slots).SelectMany(slot => PerSlot.Select(name => $"{name}_{slot}"))];

    /// <summary>Columns that say the design itself, without anything derived: few enough for scales to be found from few rows.</summary>
    public static IReadOnlyList<int> Core { get; } = [.. Names.Select((name, index) => (name, index)).Where(pair => IsCore(pair.name)).Select(pair => pair.index)];

    /// <summary>Columns of the part's LUTs, its DSPs, and the clock.</summary>
    internal static int PartLut { get; } = Array.IndexOf(Totals, "ln_part_lut");

    internal static int PartDsp { get; } = Array.IndexOf(Totals, "ln_part_dsp");

    internal static int Clock { get; } = Array.IndexOf(Totals, "ln_clock");

    private static bool IsCore(string name) =>
        name is "strategy" or "data_bits" or "weight_bits" or "ln_positions_sum" or "unrolled"
        || name.StartsWith("ln_inputs_", StringComparison.Ordinal) || name.StartsWith("ln_outputs_", StringComparison.Ordinal) || name.StartsWith("ln_reuse_", StringComparison.Ordinal);

    /// <summary>One number per name in <see cref="Names"/>.</summary>
    public static float[] Of(DesignRules rules, Capacity? part)
    {
        var configuration = rules.Design.Configuration;
        var products = rules.Products.ToArray();
        var features = new float[Totals.Length + (Slots * PerSlot.Length)];
        var at = 0;

        double weights = 0, multipliers = 0, multiplierBits = 0, weightBitsTotal = 0, reuseSum = 0, outputsSum = 0, inputsSum = 0, positionsSum = 0, positionsMax = 0;
        double reuseMax = 0, reuseMin = products.Length == 0 ? 0 : double.MaxValue, outputsMax = 0, inputsMax = 0, multipliersMax = 0, outputsAbove = 0, multipliersBelow = 0, bits = 0;
        var above = 0;
        foreach (var product in products)
        {
            weights += product.Product.Weights;
            multipliers += product.Multipliers;
            multiplierBits += (double)product.Multipliers * product.WeightBits;
            weightBitsTotal += (double)product.Product.Weights * product.WeightBits;
            bits += product.WeightBits;
            reuseSum += product.ReuseFactor;
            reuseMax = Math.Max(reuseMax, product.ReuseFactor);
            reuseMin = Math.Min(reuseMin, product.ReuseFactor);
            outputsSum += product.Product.Outputs;
            outputsMax = Math.Max(outputsMax, product.Product.Outputs);
            inputsSum += product.Product.Inputs;
            inputsMax = Math.Max(inputsMax, product.Product.Inputs);
            multipliersMax = Math.Max(multipliersMax, product.Multipliers);
            positionsSum += product.Product.Positions;
            positionsMax = Math.Max(positionsMax, product.Product.Positions);
            if (product.ReuseAboveInputs)
            {
                above++;
                outputsAbove += product.Product.Outputs;
            }
            else
            {
                multipliersBelow += product.Multipliers;
            }
        }

        double activationElements = 0, tableElements = 0, softmax = 0, batchnorm = 0, pooling = 0, add = 0, bias = 0, kernel = 0;
        var recurrent = 0;
        foreach (var layer in rules.Design.Network.Layers)
        {
            switch (layer.Kind)
            {
                case LayerKind.Activation:
                    activationElements += layer.OutputSize;
                    tableElements += layer.Activation is ActivationKind.Tanh or ActivationKind.Sigmoid or ActivationKind.Softmax ? layer.OutputSize : 0;
                    softmax += layer.Activation == ActivationKind.Softmax ? 1 : 0;
                    break;
                case LayerKind.BatchNormalization:
                    batchnorm++;
                    break;
                case LayerKind.MaxPooling or LayerKind.AveragePooling or LayerKind.GlobalMaxPooling or LayerKind.GlobalAveragePooling:
                    pooling++;
                    break;
                case LayerKind.Add or LayerKind.Concatenate:
                    add++;
                    break;
                case LayerKind.Lstm or LayerKind.Gru:
                    recurrent++;
                    break;
            }

            if (layer.Products.Count > 0)
            {
                bias += layer.UseBias ? layer.OutputShape[^1] : 0;
                kernel += layer.KernelSize.Aggregate(1.0, (size, extent) => size * extent);
            }
        }

        Add(configuration.Strategy == HlsStrategy.Resource ? 1 : 0);
        Add(configuration.IoType == IoType.Stream ? 1 : 0);
        Add(configuration.Stage == ReportStage.LogicSynthesis ? 1 : 0);
        Add(ToolYear(configuration.ToolVersion) - 2020);
        Add(Math.Log(configuration.ClockPeriodNanoseconds));
        Add(configuration.Precision.Bits);
        Add(products.Length == 0 ? configuration.Precision.Bits : bits / products.Length);
        Log(configuration.Strategy == HlsStrategy.Resource ? reuseMax : Math.Min(configuration.ReuseFactor, weights));
        Log(part?.Lut ?? 0);
        Log(part?.Dsp ?? 0);
        Log(products.Length);
        Log(weights);
        Log(multipliers);
        Log(multiplierBits);
        Log(weightBitsTotal);
        Log(reuseSum);
        Log(reuseMax);
        Log(reuseMin);
        Log(outputsSum);
        Log(outputsMax);
        Log(inputsSum);
        Log(inputsMax);
        Log(multipliersMax);
        Log(rules.BlockRam18);
        Log(rules.Dsp);
        Log(rules.LatencyCycles);
        Log(rules.InitiationInterval);
        Add(products.Length == 0 ? 0 : above / (double)products.Length);
        Log(outputsAbove);
        Log(multipliersBelow);
        Add(products.Length == 0 ? 0 : products.Count(product => product.WeightBits >= DesignRules.DspThresholdBits) / (double)products.Length);
        Log(positionsSum);
        Log(positionsMax);
        Log(kernel);
        Add(recurrent);
        Add(rules.Design.Network.HasConvolution ? 1 : 0);
        Log(activationElements);
        Log(tableElements);
        Add(softmax);
        Add(batchnorm);
        Add(pooling);
        Add(add);
        Log(bias);

        // Unrolled products are logic, folded ones a memory with a few multipliers: two different worlds.
        var unrolled = rules.Layers.SelectMany(layer => layer.Products.Where(product => layer.Strategy == HlsStrategy.Latency || product.ReuseFactor == 1)).ToArray();
        Add(products.Length == 0 ? 0 : unrolled.Length / (double)products.Length);
        Log(rules.BuiltMultipliers);
        Log(unrolled.Sum(product => (double)product.Product.Weights));
        Log(outputsSum - unrolled.Sum(product => (double)product.Product.Outputs));

        for (var slot = 0; slot < Slots; slot++)
        {
            if (slot >= products.Length)
            {
                at += PerSlot.Length;
                continue;
            }

            var product = products[slot];
            Log(product.Product.Inputs);
            Log(product.Product.Outputs);
            Log(product.ReuseFactor);
            Log(product.Multipliers);
            Add(Math.Log((double)product.ReuseFactor / product.Product.Inputs));
            Log(product.BlockRam18);
        }

        return features;

        void Add(double value) => features[at++] = (float)value;
        void Log(double value) => features[at++] = (float)Math.Log(1 + value);
    }

    /// <summary>2019.2 as 2019.2; the middle of what hls4ml supports when unknown.</summary>
    private static double ToolYear(string? version) =>
        double.TryParse(version?.Split(['.', ' '])[0], System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var year) && year is > 2010 and < 2100
            ? year + (version!.EndsWith(".2", StringComparison.Ordinal) ? 0.2 : 0.1)
            : 2021;
}

/// <summary>A design as a table would hold it, without any rule: sizes, bits, the requested reuse factor. What plain boosting gets.</summary>
public static class RawColumns
{
    private const int Layers = 6;

    public static IReadOnlyList<string> Names { get; } =
    [
        "layers", "strategy", "io", "data_bits", "weight_bits", "reuse_factor", "clock", "n_in",
        .. Enumerable.Range(1, Layers).Select(layer => $"width_{layer}"), "kind", "steps",
    ];

    public static float[] Of(Design design)
    {
        var weighted = design.Network.WeightedLayers.ToArray();
        var configuration = design.Configuration;
        var columns = new float[Names.Count];
        columns[0] = weighted.Length;
        columns[1] = configuration.Strategy == HlsStrategy.Resource ? 1 : 0;
        columns[2] = configuration.IoType == IoType.Stream ? 1 : 0;
        columns[3] = configuration.Precision.Bits;
        columns[4] = weighted.Length == 0 ? configuration.Precision.Bits : configuration.WeightPrecisionOf(weighted[0]).Bits;
        columns[5] = configuration.ReuseFactor;
        columns[6] = (float)configuration.ClockPeriodNanoseconds;
        columns[7] = weighted.Length == 0 ? 0 : weighted[0].InputShape[^1];
        for (var layer = 0; layer < Math.Min(Layers, weighted.Length); layer++)
        {
            columns[8 + layer] = weighted[layer].OutputShape[^1];
        }

        columns[8 + Layers] = weighted.Length == 0 ? 0 : (float)weighted[0].Kind;
        columns[9 + Layers] = weighted.Length == 0 ? 0 : weighted[0].InputShape.Count > 1 ? weighted[0].InputShape[0] : 1;
        return columns;
    }
}
