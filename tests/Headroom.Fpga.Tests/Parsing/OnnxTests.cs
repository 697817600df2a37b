using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;

namespace Headroom.Fpga.Tests.Parsing;

public sealed class OnnxTests
{
    [Fact]
    public void A_chain_of_gemm_and_matmul_becomes_dense_layers_with_their_biases()
    {
        var network = Read(new OnnxModel().Input("x", 16)
            .Weights("w1", [64, 16]).Weights("b1", [64]).Weights("w2", [64, 5]).Weights("b2", [5])
            .Node("Gemm", "x w1 b1", "h", ("transB", 1)).Node("Relu", "h", "r")
            .Node("MatMul", "r w2", "m").Node("Add", "m b2", "y").Node("Softmax", "y", "z"));
        Assert.Equal([LayerKind.Input, LayerKind.Dense, LayerKind.Activation, LayerKind.Dense, LayerKind.Activation], network.Layers.Select(layer => layer.Kind));
        Assert.Equal((16 * 64) + 64 + (64 * 5) + 5, network.Parameters);
    }

    [Fact]
    public void A_convolutional_net_is_turned_to_channels_last()
    {
        var network = Read(new OnnxModel().Input("x", 1, 28, 28)
            .Weights("w1", [8, 1, 3, 3]).Weights("w2", [8, 1, 3, 3]).Weights("w3", [10, 8])
            .Node("Conv", "x w1", "c1", ("kernel_shape", new[] { 3, 3 }), ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 1, 1 }))
            .Node("Relu", "c1", "r1")
            .Node("MaxPool", "r1", "p1", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }))
            .Node("Conv", "p1 w2", "d1", ("group", 8))
            .Node("GlobalAveragePool", "d1", "g").Node("Flatten", "g", "f").Node("Gemm", "f w3", "y", ("transB", 1)));
        Assert.Equal(
            ["28x28x1", "28x28x8", "28x28x8", "14x14x8", "12x12x8", "1x1x8", "8", "10"],
            network.Layers.Select(layer => string.Join('x', layer.OutputShape)));
        Assert.Equal(LayerKind.DepthwiseConv2D, network.Layers[4].Kind);
        Assert.Equal(28 * 28L, network.Layers[1].Products[0].Positions);
    }

    [Fact]
    public void Qonnx_quantisers_give_weights_and_results_their_precision()
    {
        var network = Read(new OnnxModel().Input("x", 16).Weights("w", [16, 8])
            .Weights("scale", [1], 0.03125f).Weights("zero", [1], 0f).Weights("bits", [1], 6f).Weights("one", [1], 0.25f).Weights("eight", [1], 8f)
            .Node("Quant", "w scale zero bits", "qw", ("signed", 1)).Node("MatMul", "x qw", "m")
            .Node("Relu", "m", "r").Node("Quant", "r one zero eight", "q", ("signed", 0)));
        Assert.Equal(new FixedPoint(6, 1), network.Layers.Single(layer => layer.Kind == LayerKind.Dense).WeightPrecision);
        Assert.Equal(new FixedPoint(8, 6, false), network.Layers.Single(layer => layer.Kind == LayerKind.Activation).ResultPrecision);
    }

    [Fact]
    public void A_recurrent_layer_a_skip_and_a_concatenation_are_read()
    {
        var network = Read(new OnnxModel().Input("x", 20, 6)
            .Weights("w", [1, 32, 6]).Weights("r", [1, 32, 8]).Weights("b", [1, 64]).Weights("w2", [8, 8])
            .Node("Transpose", "x", "t", ("perm", new[] { 1, 0, 2 }))
            .Node("LSTM", "t w r b", "- h", ("hidden_size", 8)).Node("Squeeze", "h", "s", ("axes", new[] { 0 }))
            .Node("MatMul", "s w2", "m").Node("Add", "m s", "sum").Node("Concat", "sum s", "y", ("axis", 1)));
        Assert.Equal([LayerKind.Input, LayerKind.Lstm, LayerKind.Dense, LayerKind.Add, LayerKind.Concatenate], network.Layers.Select(layer => layer.Kind));
        Assert.Equal(20, network.Layers[1].Products[0].Positions);
        Assert.Equal([16], network.Layers[^1].OutputShape);
    }

    [Fact]
    public void An_unknown_operator_is_named_with_its_place()
    {
        var error = Assert.Throws<NetworkFormatException>(() => Read(new OnnxModel().Input("x", 16).Node("Relu", "x", "r").Node("NonMaxSuppression", "r", "y")));
        Assert.Contains("node 2 'NonMaxSuppression_y'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_needs_the_run_to_be_known_is_refused() =>
        Assert.Contains("input 'x'", Assert.Throws<NetworkFormatException>(() => Read(new OnnxModel().Input("x"))).Message, StringComparison.Ordinal);

    private static Network Read(OnnxModel model) => NetworkFile.Read("net.onnx", model.ToArray()).Network;
}
