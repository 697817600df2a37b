using System.Text;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Parsing.Plain;

namespace Headroom.Fpga.Tests.Parsing;

public sealed class OtherFormatsTests
{
    [Theory]
    [InlineData("serialized_exported_program.json")]
    [InlineData("net/models/model.json")]
    public void A_pytorch_exported_program_is_read_with_the_shapes_it_states(string entry)
    {
        var parsed = NetworkFile.Read("net.pt2", ModelFiles.Zip(("archive_format", "pt2"), (entry, ModelFiles.Exported)));
        Assert.Equal("PyTorch exported program", parsed.Format);
        Assert.Equal(
            ["Input 8x8x1", "Conv2D 6x6x4", "Activation 6x6x4", "MaxPooling 3x3x4", "Flatten 36", "Dense 10"],
            parsed.Network.Layers.Select(layer => $"{layer.Kind} {string.Join('x', layer.OutputShape)}"));
        Assert.Equal((9 * 4) + 4 + 360, parsed.Network.Parameters);
    }

    [Fact]
    public void A_pytorch_operator_nobody_knows_is_named_with_its_place()
    {
        var error = Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("net.pt2", ModelFiles.Zip(("models/model.json", ModelFiles.Exported.Replace("aten.relu.default", "aten.fft_fft.default", StringComparison.Ordinal)))));
        Assert.Contains("node 2 'relu' (fft_fft)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_description_is_read_with_branches_and_precisions()
    {
        var network = ModelFiles.Read(ModelFiles.PlainTagger).Network;
        Assert.Equal("tagger", network.Name);
        Assert.Equal(["fc1_relu", "fc2"], network.Layers.Single(layer => layer.Kind == LayerKind.Add).Inputs);
        Assert.Equal(new FixedPoint(6, 1), network.Layers[1].WeightPrecision);
    }

    [Theory]
    [InlineData("""{"input": [16], "layers": [{"type": "dense", "units": 4}, {"type": "attention"}]}""", "layer 2 'attention_2'")]
    [InlineData("""{"input": [16], "layers": [{"type": "dense", "units": 4, "inputs": ["nobody"]}]}""", "reads 'nobody'")]
    [InlineData("""{"input": [16], "layers": [{"type": "dense", "units": 4, "weight_precision": "half"}]}""", "fixed<16,6>")]
    [InlineData("""{"input": [16], "layers": [{"type": "dense", "units": 4, "activation": "wobble"}]}""", "wobble")]
    [InlineData("""{"input": [], "layers": [{"type": "dense", "units": 4}]}""", "'input'")]
    [InlineData("""{"input": [16], "layers": []}""", "no layers")]
    public void A_plain_description_with_a_slip_is_refused_with_its_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<NetworkFormatException>(() => ModelFiles.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wa_hls4ml_record_brings_its_configuration()
    {
        var parsed = ModelFiles.Read(ModelFiles.WaRecord);
        Assert.Equal(("wa-hls4ml record", 4, new FixedPoint(8, 3)), (parsed.Format, parsed.Configuration!.ReuseFactor, parsed.Configuration.Precision));
        Assert.Equal(128, parsed.Network.WeightedLayers.Single().Products[0].Weights);
    }

    [Fact]
    public void A_network_written_as_a_document_reads_back_the_same()
    {
        var network = ModelFiles.Read(ModelFiles.KerasFunctional).Network;
        var back = NetworkFile.Read(NetworkDocument.Write(network)).Network;
        Assert.Equal(
            network.Layers.Select(layer => (layer.Name, layer.Kind, layer.WeightPrecision, layer.ResultPrecision, layer.Activation, string.Join('+', layer.Inputs), layer.Parameters)),
            back.Layers.Select(layer => (layer.Name, layer.Kind, layer.WeightPrecision, layer.ResultPrecision, layer.Activation, string.Join('+', layer.Inputs), layer.Parameters)));
    }

    [Fact]
    public void A_file_of_no_known_format_lists_the_known_ones()
    {
        var error = Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("photo.png", Encoding.ASCII.GetBytes("PNG and so on")));
        Assert.All(NetworkFile.FormatNames, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
