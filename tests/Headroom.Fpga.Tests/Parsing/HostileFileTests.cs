using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;

namespace Headroom.Fpga.Tests.Parsing;

/// <summary>Whatever the bytes, the answer is a network or a <see cref="NetworkFormatException"/>.</summary>
public sealed class HostileFileTests
{
    private static readonly NetworkLimits Small = new() { Layers = 200, DescriptionBytes = 1 << 20 };

    [Fact]
    public void Bytes_of_chance_are_refused() => Prop.ForAll<byte[]>(bytes =>
    {
        Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("chance", bytes, Small));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_archive_that_unpacks_to_more_than_the_limit_is_refused()
    {
        var bomb = ModelFiles.Zip(("config.json", new string(' ', 8 << 20)));
        Assert.Contains("DescriptionBytes", Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("bomb.keras", bomb, Small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_before_memory_for_it_is_taken()
    {
        const int Unpacked = 32 << 20;
        var bomb = ModelFiles.Zip(("config.json", new string(' ', Unpacked)));
        var limits = NetworkLimits.Default with { DescriptionBytes = Unpacked - 1 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("bomb.keras", bomb, limits));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Unpacked / 32);
    }

    [Theory]
    [InlineData("""{"input": [1000000], "layers": [{"type": "dense", "units": 1000000}]}""")]
    [InlineData("""{"input": [1000, 1000, 100], "layers": [{"type": "conv2d", "filters": 1000, "kernel": [50, 50], "padding": "same"}]}""")]
    [InlineData("""{"input": [2000000000], "layers": [{"type": "relu"}]}""")]
    [InlineData("""{"input": [100000, 100000], "layers": [{"type": "flatten"}]}""")]
    public void A_network_no_part_could_ever_hold_is_refused_before_anything_is_computed(string text) =>
        Assert.Throws<NetworkFormatException>(() => ModelFiles.Read(text));

    [Fact]
    public void More_layers_than_the_limit_are_refused()
    {
        var layers = string.Join(',', Enumerable.Repeat("""{"type": "relu"}""", 300));
        var error = Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("deep", Encoding.UTF8.GetBytes($$"""{"input": [4], "layers": [{{layers}}]}"""), Small));
        Assert.Contains("limit Layers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keras_layers_in_reverse_order_are_counted_before_their_order_is_searched_for()
    {
        var layers = string.Join(',', Enumerable.Range(0, 300).Select(index =>
            $$$"""{"class_name": "Dense", "name": "d{{{index}}}", "config": {"units": 2}, "inbound_nodes": [[["d{{{index + 1}}}", 0, 0, {}]]]}"""));
        var error = Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("reverse", Encoding.UTF8.GetBytes($$$"""{"class_name": "Model", "config": {"layers": [{{{layers}}}]}}"""), Small));
        Assert.Contains("300 layers, at most 200", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name": null, "layers": []}""")]
    [InlineData("""{"name": "n", "layers": [null]}""")]
    [InlineData("""{"name": "n", "layers": [{"name": "a", "kind": "Dense", "inputShape": null, "outputShape": [4]}]}""")]
    [InlineData("""{"name": "n", "layers": [{"name": "a", "kind": 99, "inputShape": [4], "outputShape": [4]}]}""")]
    [InlineData("""{"name": "n", "layers": [{"name": "a", "kind": "Dense", "inputShape": [], "outputShape": [4]}]}""")]
    [InlineData("""{"name": "n", "layers": [{"name": "a", "kind": "DepthwiseConv1D", "inputShape": [8, 4], "outputShape": [8, 4], "kernelSize": [3], "depthMultiplier": -7}]}""")]
    [InlineData("""{"name": "n", "layers": [{"name": "a", "kind": "Dense", "inputShape": [4], "outputShape": [4], "weightPrecision": {"bits": -6, "integerBits": 1}}]}""")]
    public void A_network_document_with_holes_is_refused(string network) =>
        Assert.Throws<NetworkFormatException>(() => ModelFiles.Read($$"""{"headroomNetwork": {{network}} }"""));

    [Fact]
    public void Numbers_and_attributes_repeated_without_end_are_refused()
    {
        var dimensions = new ProtoWriter();
        for (var axis = 0; axis < 20; axis++)
        {
            dimensions.Whole(1, 2);
        }

        var node = new ProtoWriter().Text(2, "y").Text(4, "Relu");
        for (var attribute = 0; attribute < 20_000; attribute++)
        {
            node.Message(5, new ProtoWriter().Text(1, $"a{attribute}"));
        }

        foreach (var (graph, expected) in new[] { (new ProtoWriter().Message(5, dimensions), "more than 16"), (new ProtoWriter().Message(1, node), "attributes") })
        {
            var error = Assert.Throws<NetworkFormatException>(() => NetworkFile.Read("endless", new ProtoWriter().Whole(1, 8).Message(7, graph).ToArray(), Small));
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Deep_nesting_in_json_and_yaml_is_refused()
    {
        Assert.Throws<NetworkFormatException>(() => ModelFiles.Read(new string('[', 100_000)));
        Assert.Throws<NetworkFormatException>(() => Hls4mlYaml.Read(new string('[', 100_000)));
        Assert.Throws<NetworkFormatException>(() => Hls4mlYaml.Read("a: " + string.Concat(Enumerable.Repeat("{b: ", 500))));
    }
}
