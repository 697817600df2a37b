using System.Globalization;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Rules;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// Takes designs apart into pieces of neighbouring layers, no longer than training had. A piece that meets the same actual reuse and precisions again
/// is not worked out again; nor does it matter on which part or at which clock, where training had but one.
/// </summary>
internal sealed class LayerParts(FeatureRange trained)
{
    private readonly Dictionary<(Network Network, int Most), Network[]> networks = [];
    private readonly Dictionary<Key, TrainingRow> known = [];
    private readonly bool seesPart = trained.Varies(DesignFeatures.PartLut) || trained.Varies(DesignFeatures.PartDsp);
    private readonly bool seesClock = trained.Varies(DesignFeatures.Clock);

    /// <summary>The pieces of a design, each as a design of its own, the activations behind its layers included.</summary>
    /// <param name="most">Most layers with weights in one piece.</param>
    public IReadOnlyList<TrainingRow> Of(TrainingRow row, int most)
    {
        var design = row.Record.Design;
        if (!networks.TryGetValue((design.Network, most), out var parts))
        {
            parts = networks[(design.Network, most)] = Split(design.Network, most);
        }

        if (parts.Length < 2)
        {
            return [row];
        }

        var rows = new TrainingRow[parts.Length];
        var at = 0;
        for (var index = 0; index < parts.Length; index++)
        {
            var layers = PieceSize(row.Rules.Layers.Count, parts.Length, index);
            var key = KeyOf(row, parts[index], at, layers);
            if (!known.TryGetValue(key, out var part))
            {
                part = known[key] = TrainingRow.Of(row.Record with { Design = design with { Network = parts[index] }, Available = row.Part });
            }

            rows[index] = part;
            at += layers;
        }

        return rows;
    }

    private Key KeyOf(TrainingRow row, Network piece, int start, int count)
    {
        var configuration = row.Record.Design.Configuration;
        string? others = null;
        for (var layer = start + 1; layer < start + count; layer++)
        {
            others = string.Create(CultureInfo.InvariantCulture, $"{others}{LayerKey.Of(row.Rules.Layers[layer], configuration)};");
        }

        return new Key(
            piece, LayerKey.Of(row.Rules.Layers[start], configuration), others, configuration.Strategy,
            configuration.Strategy == HlsStrategy.Latency ? configuration.ReuseFactor : 0, configuration.IoType, configuration.Precision.Bits,
            seesClock ? configuration.ClockPeriodNanoseconds : 0, configuration.ToolVersion, configuration.Stage, seesPart ? row.Part : null);
    }

    /// <summary>Pieces as even as they can be, in the order of the layers.</summary>
    private static Network[] Split(Network network, int most)
    {
        var layers = new List<List<Layer>>();
        foreach (var layer in network.Layers)
        {
            if (layer.Products.Count > 0)
            {
                layers.Add([layer]);
            }
            else if (layers.Count > 0 && layer.Kind is not LayerKind.Input)
            {
                layers[^1].Add(layer);
            }
        }

        var pieces = new Network[(layers.Count + most - 1) / most];
        var at = 0;
        for (var index = 0; index < pieces.Length; index++)
        {
            var size = PieceSize(layers.Count, pieces.Length, index);
            pieces[index] = new Network(layers[at][0].Name, [.. layers.Skip(at).Take(size).SelectMany(part => part)]);
            at += size;
        }

        return pieces;
    }

    private static int PieceSize(int layers, int pieces, int index) => (layers / pieces) + (index < layers % pieces ? 1 : 0);

    /// <summary>What a layer's rules and features look at.</summary>
    private readonly record struct LayerKey(int Reuse, int WeightBits, HlsStrategy Strategy)
    {
        public static LayerKey Of(LayerRules layer, HlsConfiguration configuration) => new(
            layer.Products.Count == 1 && layer.Strategy == HlsStrategy.Resource ? layer.ReuseFactor : configuration.RequestedReuseOf(layer.Layer),
            layer.Products[0].WeightBits, layer.Strategy);
    }

    /// <summary>Everything of a configuration that a piece's rules and features look at.</summary>
    private readonly record struct Key(
        Network Piece, LayerKey First, string? Others, HlsStrategy Strategy, int CommonReuse, IoType IoType, int DataBits, double Clock, string? Tool, ReportStage Stage, Capacity? Part);
}
