using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Torch;
using Headroom.Learning.Torch;
using static TorchSharp.torch;

namespace Headroom.Fpga.Tests.Surrogates;

public sealed class NetworkTests
{
    [Fact]
    public void The_transformer_has_the_parameters_of_the_published_one()
    {
        RequireTorch();
        using var net = new DesignTransformer(6);
        Assert.Equal(3_203_078, net.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void The_graph_network_has_the_parameters_of_the_published_one()
    {
        RequireTorch();
        using var net = new DesignGraphNet(6);
        Assert.Equal(54_471_945, net.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void A_layer_is_encoded_in_33_numbers_with_the_requested_reuse_factor()
    {
        var record = SyntheticRecords.Networks()[0];
        var layers = LayerEncoding.Layers(record.Design);
        Assert.Equal(record.Design.Network.Layers.Count(layer => layer.Kind == LayerKind.Dense), layers.Length);
        Assert.All(layers, layer => Assert.Equal(33, layer.Length));
        Assert.Equal(record.Design.Configuration.ReuseFactor, layers[0][7]);
    }

    [Fact]
    public void Padding_layers_behind_a_design_changes_neither_network()
    {
        RequireTorch();
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var transformer = new DesignTransformer(6);
        using var graphNet = new DesignGraphNet(6, size: 8);
        transformer.eval();
        graphNet.eval();
        var layers = randn(1, 2, LayerEncoding.Width);
        var longer = cat([layers, randn(1, 3, LayerEncoding.Width)], 1);
        var graph = zeros(1, LayerEncoding.GraphWidth);
        var (none, three) = (tensor(new[,] { { false, false } }), tensor(new[,] { { false, false, true, true, true } }));
        Assert.True(transformer.forward(layers, none).allclose(transformer.forward(longer, three), atol: 1e-4));
        Assert.True(graphNet.forward(layers, none, graph).allclose(graphNet.forward(longer, three, graph), atol: 1e-4));
    }

    [Fact]
    public void A_network_learns_sizes_it_has_not_seen_and_repeats_with_the_same_seed()
    {
        RequireTorch();
        var records = SyntheticRecords.Networks();
        var train = records.Where(record => record.Split == "train").ToArray();
        var held = records.Where(record => record.Split == "val").ToArray();
        Estimate?[] Predict() => TorchModels.All(new NetworkBudget(Epochs: 60)).Single(model => model.Name == TorchModels.Mlp).Fit(train, 1, TestContext.Current.CancellationToken).Predict(held, Target.Lut);

        var first = Predict();
        Assert.Equal(first, Predict());
        var error = first.Zip(held, (estimate, record) => Math.Abs(Math.Log(estimate!.Value.Value / record.Lut!.Value))).Average();
        var mean = train.Average(record => record.Lut!.Value);
        Assert.True(error < held.Average(record => Math.Abs(Math.Log(mean / record.Lut!.Value))), $"mean log error {error}");
    }

    private static void RequireTorch() => Assert.SkipWhen(TorchRuntime.UnavailableReason is not null, TorchRuntime.UnavailableReason ?? "");
}
