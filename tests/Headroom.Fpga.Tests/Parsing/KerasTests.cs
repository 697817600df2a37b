using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;

namespace Headroom.Fpga.Tests.Parsing;

public sealed class KerasTests
{
    [Fact]
    public void A_sequential_model_gives_its_layers_with_activations_of_their_own()
    {
        var parsed = ModelFiles.Read(ModelFiles.KerasSequential);
        Assert.Equal("Keras JSON", parsed.Format);
        Assert.Equal(["input_1", "fc1", "fc1_relu", "drop", "out", "out_softmax"], parsed.Network.Layers.Select(layer => layer.Name));
        Assert.Equal((16 * 64) + 64 + (64 * 5), parsed.Network.Parameters);
        Assert.Equal(ActivationKind.Softmax, parsed.Network.Layers[^1].Activation);
    }

    [Fact]
    public void A_keras_archive_and_an_h5_file_give_the_same_network_as_their_json()
    {
        var expected = Shapes(ModelFiles.Read(ModelFiles.KerasSequential));
        var archive = NetworkFile.Read("jets.keras", ModelFiles.Zip(("metadata.json", "{}"), ("config.json", ModelFiles.KerasSequential)));
        var hdf = NetworkFile.Read("jets.h5", ModelFiles.Hdf5("model_config", ModelFiles.KerasSequential));
        Assert.Equal((".keras archive", "Keras .h5"), (archive.Format, hdf.Format));
        Assert.Equal(expected, Shapes(archive));
        Assert.Equal(expected, Shapes(hdf));
    }

    [Fact]
    public void An_h5_file_with_weights_only_says_how_to_save_the_whole_model()
    {
        var error = Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("w.h5", ModelFiles.Hdf5("other", "x")));
        Assert.Contains("model_config", error.Message, StringComparison.Ordinal);
        Assert.Contains("model.save", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_functional_model_keeps_its_skip_connection_and_its_quantisers()
    {
        var network = ModelFiles.Read(ModelFiles.KerasFunctional).Network;
        var sum = network.Layers.Single(layer => layer.Kind == LayerKind.Add);
        Assert.Equal(["a", "x"], sum.Inputs);
        Assert.Equal(new FixedPoint(6, 1), network.Layers.Single(layer => layer.Name == "a").WeightPrecision);
        Assert.Equal(new FixedPoint(8, 2, false), network.Layers.Single(layer => layer.Name == "act").ResultPrecision);
        Assert.Equal(ActivationKind.Relu, network.Layers.Single(layer => layer.Name == "act").Activation);
    }

    [Theory]
    [InlineData("16", "Dense", "\"units\": 4", LayerKind.Dense, "4", 64)]
    [InlineData("20, 16", "Dense", "\"units\": 4", LayerKind.Dense, "20 4", 64)]
    [InlineData("16", "QDense", "\"units\": 4, \"kernel_quantizer\": \"quantized_bits(4,0,alpha=1)\"", LayerKind.Dense, "4", 64)]
    [InlineData("20, 3", "Conv1D", "\"filters\": 8, \"kernel_size\": [3], \"strides\": [1], \"padding\": \"valid\"", LayerKind.Conv1D, "18 8", 72)]
    [InlineData("28, 28, 1", "Conv2D", "\"filters\": 8, \"kernel_size\": [3, 3], \"strides\": [2, 2], \"padding\": \"same\"", LayerKind.Conv2D, "14 14 8", 72)]
    [InlineData("28, 28, 1", "QConv2D", "\"filters\": 8, \"kernel_size\": 3, \"padding\": \"valid\"", LayerKind.Conv2D, "26 26 8", 72)]
    [InlineData("28, 28, 4", "DepthwiseConv2D", "\"kernel_size\": [3, 3], \"depth_multiplier\": 2", LayerKind.DepthwiseConv2D, "26 26 8", 72)]
    [InlineData("20, 4", "DepthwiseConv1D", "\"kernel_size\": [3]", LayerKind.DepthwiseConv1D, "18 4", 12)]
    [InlineData("28, 28, 4", "SeparableConv2D", "\"filters\": 6, \"kernel_size\": [3, 3]", LayerKind.SeparableConv2D, "26 26 6", 60)]
    [InlineData("20, 4", "SeparableConv1D", "\"filters\": 6, \"kernel_size\": [3]", LayerKind.SeparableConv1D, "18 6", 36)]
    [InlineData("20, 6", "LSTM", "\"units\": 8, \"return_sequences\": true, \"activation\": \"tanh\"", LayerKind.Lstm, "20 8", 448)]
    [InlineData("20, 6", "GRU", "\"units\": 8, \"return_sequences\": false, \"activation\": \"tanh\"", LayerKind.Gru, "8", 336)]
    [InlineData("20, 6", "MaxPooling1D", "\"pool_size\": [2], \"strides\": [2]", LayerKind.MaxPooling, "10 6", 0)]
    [InlineData("28, 28, 6", "AveragePooling2D", "\"pool_size\": [2, 2], \"strides\": null, \"padding\": \"valid\"", LayerKind.AveragePooling, "14 14 6", 0)]
    [InlineData("28, 28, 6", "GlobalAveragePooling2D", "\"keepdims\": false", LayerKind.GlobalAveragePooling, "6", 0)]
    [InlineData("28, 28, 6", "GlobalMaxPooling2D", "\"keepdims\": true", LayerKind.GlobalMaxPooling, "1 1 6", 0)]
    [InlineData("16", "BatchNormalization", "\"axis\": [1]", LayerKind.BatchNormalization, "16", 0)]
    [InlineData("16", "LeakyReLU", "\"alpha\": 0.3", LayerKind.Activation, "16", 0)]
    [InlineData("4, 4, 2", "Flatten", "", LayerKind.Flatten, "32", 0)]
    [InlineData("32", "Reshape", "\"target_shape\": [4, -1]", LayerKind.Reshape, "4 8", 0)]
    [InlineData("4, 8", "Permute", "\"dims\": [2, 1]", LayerKind.Reshape, "8 4", 0)]
    [InlineData("4, 4, 2", "ZeroPadding2D", "\"padding\": [[1, 1], [2, 0]]", LayerKind.ZeroPadding, "6 6 2", 0)]
    [InlineData("4, 4, 2", "UpSampling2D", "\"size\": [2, 2]", LayerKind.UpSampling, "8 8 2", 0)]
    public void Every_layer_has_its_kind_its_shape_and_its_weights(string input, string className, string config, LayerKind kind, string output, long weights)
    {
        var layer = ModelFiles.KerasLayer(input, className, config).Network.Layers[1];
        Assert.Equal(kind, layer.Kind);
        Assert.Equal(output, string.Join(' ', layer.OutputShape));
        Assert.Equal(weights, layer.Products.Sum(product => product.Weights));
    }

    [Fact]
    public void Two_branches_are_joined_along_the_channels()
    {
        var network = ModelFiles.Read("""
            {"class_name": "Model", "config": {"name": "two", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 8]}, "inbound_nodes": []},
              {"class_name": "Concatenate", "name": "both", "config": {"axis": -1}, "inbound_nodes": [[["a", 0, 0, {}], ["b", 0, 0, {}]]]},
              {"class_name": "Dense", "name": "a", "config": {"units": 3}, "inbound_nodes": [[["x", 0, 0, {}]]]},
              {"class_name": "Dense", "name": "b", "config": {"units": 4, "activation": "relu"}, "inbound_nodes": [[["x", 0, 0, {}]]]}],
             "input_layers": [["x", 0, 0]], "output_layers": [["both", 0, 0]]}}
            """).Network;
        Assert.Equal([7], network.Layers.Single(layer => layer.Kind == LayerKind.Concatenate).OutputShape);
        Assert.Equal(["a", "b_relu"], network.Layers[^1].Inputs);
    }

    [Fact]
    public void A_model_inside_a_model_is_unfolded()
    {
        var network = ModelFiles.Read("""
            {"class_name": "Sequential", "config": {"name": "outer", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4], "name": "x"}},
              {"class_name": "Sequential", "config": {"name": "inner", "layers": [
                {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4], "name": "y"}},
                {"class_name": "Dense", "config": {"name": "fc", "units": 2}}]}}]}}
            """).Network;
        Assert.Equal(["x", "inner/fc"], network.Layers.Select(layer => layer.Name));
    }

    [Theory]
    [InlineData("8, 8, 3", "Conv2DTranspose", "\"filters\": 3", "layer 'layer'", "Conv2DTranspose")]
    [InlineData("8, 8, 3", "Conv2D", "\"filters\": 3, \"kernel_size\": [9, 9], \"padding\": \"valid\"", "'layer'", "does not fit")]
    [InlineData("8, 8, 3", "Conv2D", "\"filters\": 3, \"kernel_size\": [3, 3], \"data_format\": \"channels_first\"", "'layer'", "channels_first")]
    [InlineData("8", "Dense", "\"units\": 0", "'layer'", "units above zero")]
    [InlineData("8", "Dense", "\"units\": \"many\"", "'layer'", "whole number for units")]
    [InlineData("8, 8, 3", "LSTM", "\"units\": 4", "'layer'", "2 axes")]
    public void What_cannot_be_used_is_named_with_its_place(string input, string className, string config, string place, string what)
    {
        var error = Assert.Throws<NetworkFormatException>(() => ModelFiles.KerasLayer(input, className, config));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Shapes(ParsedNetwork parsed) =>
        parsed.Network.Layers.Select(layer => $"{layer.Name} {layer.Kind} {string.Join('x', layer.InputShape)} {string.Join('x', layer.OutputShape)}");
}
