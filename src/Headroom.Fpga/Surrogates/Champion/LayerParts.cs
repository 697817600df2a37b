using System.Runtime.CompilerServices;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Takes designs apart into layers. A layer that meets the same actual reuse, precision and part again is not worked out again.</summary>
internal sealed class LayerParts
{
    private readonly ConditionalWeakTable<Network, Network[]> networks = [];
    private readonly Dictionary<Key, TrainingRow> known = [];

    /// <summary>Every layer with weights as a design of its own, the activation behind it included.</summary>
    public IReadOnlyList<TrainingRow> Of(TrainingRow row)
    {
        var design = row.Record.Design;
        var parts = networks.GetValue(design.Network, Split);
        if (parts.Length == 0)
        {
            return [row];
        }

        var rows = new TrainingRow[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            var layer = row.Rules.Layers[index];
            var configuration = design.Configuration;
            var requested = configuration.RequestedReuseOf(layer.Layer);
            var key = new Key(
                parts[index], layer.Products.Count == 1 && layer.Strategy == HlsStrategy.Resource ? layer.ReuseFactor : requested, layer.Products[0].WeightBits, layer.Strategy,
                configuration.Strategy, configuration.IoType, configuration.Precision.Bits, configuration.ClockPeriodNanoseconds, configuration.ToolVersion, configuration.Stage, row.Part);
            if (!known.TryGetValue(key, out var part))
            {
                part = known[key] = TrainingRow.Of(row.Record with { Design = design with { Network = parts[index] }, Available = row.Part });
            }

            rows[index] = part;
        }

        return rows;
    }

    private static Network[] Split(Network network)
    {
        var parts = new List<List<Layer>>();
        foreach (var layer in network.Layers)
        {
            if (layer.Products.Count > 0)
            {
                parts.Add([layer]);
            }
            else if (parts.Count > 0 && layer.Kind is not LayerKind.Input)
            {
                parts[^1].Add(layer);
            }
        }

        return [.. parts.Select(layers => new Network(layers[0].Name, layers))];
    }

    /// <summary>Everything of a configuration that a layer's rules and features look at.</summary>
    private readonly record struct Key(
        Network Part, int Reuse, int WeightBits, HlsStrategy Strategy, HlsStrategy ModelStrategy, IoType IoType, int DataBits, double Clock, string? Tool, ReportStage Stage, Capacity? Capacity);
}
