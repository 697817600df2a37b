using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>A whole design as rule4ml's MLP sees it (arXiv 2408.05314, version 1): means over the dense layers, counts of the others, bits and reuse.</summary>
internal static class DesignSummary
{
    public const int Width = 21;

    public static float[] Of(Design design)
    {
        var configuration = design.Configuration;
        var weighted = design.Network.WeightedLayers.ToArray();
        double Mean(Func<Layer, double> value) => weighted.Length == 0 ? 0 : weighted.Average(value);
        int Count(Func<Layer, bool> isOne) => design.Network.Layers.Count(isOne);
        int Activations(ActivationKind kind) => Count(layer => layer.Kind is LayerKind.Activation or LayerKind.Dense && layer.Activation == kind);
        return
        [
            configuration.Strategy == HlsStrategy.Resource ? 1 : 0,
            (float)Mean(layer => configuration.WeightPrecisionOf(layer).Bits),
            Log(Mean(layer => configuration.RequestedReuseOf(layer))),
            Log(Mean(layer => layer.InputShape.Aggregate(1.0, (size, extent) => size * extent))),
            Log(Mean(layer => layer.OutputSize)),
            Log(Mean(layer => layer.Parameters)),
            Log(design.Network.Parameters),
            Log(design.Network.MultiplyOperations),
            weighted.Length,
            Count(layer => layer.Kind == LayerKind.BatchNormalization),
            Count(layer => layer.Kind == LayerKind.Add),
            Count(layer => layer.Kind == LayerKind.Concatenate),
            Count(layer => layer.Kind == LayerKind.Dropout),
            Activations(ActivationKind.Relu),
            Activations(ActivationKind.Sigmoid),
            Activations(ActivationKind.Tanh),
            Activations(ActivationKind.Softmax),
            Count(layer => layer.KernelSize.Count > 0),
            Count(layer => layer.Kind is LayerKind.Lstm or LayerKind.Gru),
            configuration.IoType == IoType.Stream ? 1 : 0,
            configuration.Precision.Bits,
        ];
    }

    private static float Log(double value) => (float)Math.Log(1 + value);
}

/// <summary>Six separate networks, one per target, in the form of rule4ml's: a numeric tower 64-32-32 and a trunk 256-16-32-32-64.</summary>
internal sealed class SummaryNet : nn.Module<Tensor, Tensor>
{
    private static readonly int[] Widths = [64, 32, 32, 256, 16, 32, 32, 64];

    private readonly ModuleList<Sequential> targets;

    public SummaryNet(int outputs)
        : base(nameof(SummaryNet))
    {
        targets = nn.ModuleList([.. Enumerable.Range(0, outputs).Select(_ => One())]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor summary) => cat([.. targets.Select(target => target.forward(summary))], 1);

    private static Sequential One()
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        var inputs = DesignSummary.Width;
        foreach (var width in Widths)
        {
            layers.Add(nn.Linear(inputs, width));
            layers.Add(nn.ReLU());
            inputs = width;
        }

        layers.Add(nn.Linear(inputs, 1));
        return nn.Sequential(layers);
    }
}
