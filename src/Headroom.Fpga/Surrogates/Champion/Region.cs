using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// The kind of design a row is. Within a <paramref name="Name"/>d region the tools do the same thing, so a rule holds or does not, and errors are alike
/// (Mondrian conformal prediction). A family joins the regions that differ in strategy alone: unrolled logic is the same under both.
/// </summary>
internal sealed record Region(string Name, string Family)
{
    public static Region Of(TrainingRow row)
    {
        var configuration = row.Record.Design.Configuration;
        var products = row.Rules.Layers.SelectMany(layer => layer.Products.Select(product => layer.Strategy == HlsStrategy.Latency || product.ReuseFactor == 1)).ToArray();
        var shape = products.All(unrolled => unrolled) ? "unrolled" : products.Any(unrolled => unrolled) ? "mixed" : "folded";
        var family = $"{shape}/{Layers(row)}/{configuration.IoType}/{configuration.Stage}";
        return new Region($"{configuration.Strategy}/{family}", family);
    }

    private static string Layers(TrainingRow row)
    {
        var kinds = row.Rules.Layers.Select(layer => layer.Layer.Kind switch
        {
            LayerKind.Dense => "dense",
            LayerKind.Lstm or LayerKind.Gru => "recurrent",
            _ => "convolution",
        }).Distinct().Order(StringComparer.Ordinal);
        return string.Join('+', kinds);
    }
}
