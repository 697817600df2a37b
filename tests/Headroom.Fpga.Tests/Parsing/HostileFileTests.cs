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

    private static readonly byte[][] Seeds =
    [
        Encoding.UTF8.GetBytes(ModelFiles.KerasSequential),
        Encoding.UTF8.GetBytes(ModelFiles.KerasFunctional),
        ModelFiles.Zip(("config.json", ModelFiles.KerasSequential)),
        ModelFiles.Hdf5("model_config", ModelFiles.KerasSequential),
        new OnnxModel().Input("x", 1, 28, 28).Weights("w1", [8, 1, 3, 3]).Wholes("shape", -1, 5408).Weights("w2", [5408, 4])
            .Node("Conv", "x w1", "c", ("pads", new[] { 0, 0, 0, 0 })).Node("Relu", "c", "r").Node("Reshape", "r shape", "f").Node("MatMul", "f w2", "y").ToArray(),
    ];

    [Fact]
    public void Every_seed_is_a_good_file() => Assert.All(Seeds, seed => Assert.NotEmpty(NetworkFile.Read("seed", seed, Small).Network.Layers));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_file_with_changed_bytes_is_read_or_refused(int which)
    {
        var seed = Seeds[which];
        Prop.ForAll(
            (from places in Gen.ListOf(Gen.Choose(0, seed.Length - 1))
             from values in Gen.ListOf(Gen.Choose(0, 255), places.Count)
             from length in Gen.Choose(0, 3)
             from cut in Gen.Choose(1, seed.Length)
             select Changed(seed, places, values, length == 0 ? cut : seed.Length)).ToArbitrary(),
            bytes =>
            {
                try
                {
                    return NetworkFile.Read("hostile", bytes, Small).Network.Layers.Count > 0;
                }
                catch (NetworkFormatException refused)
                {
                    return refused.Message.Length > 10;
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(12));
    }

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
    public void Deep_nesting_in_json_and_yaml_is_refused()
    {
        Assert.Throws<NetworkFormatException>(() => ModelFiles.Read(new string('[', 100_000)));
        Assert.Throws<NetworkFormatException>(() => Hls4mlYaml.Read(new string('[', 100_000)));
        Assert.Throws<NetworkFormatException>(() => Hls4mlYaml.Read("a: " + string.Concat(Enumerable.Repeat("{b: ", 500))));
    }

    private static byte[] Changed(byte[] seed, IEnumerable<int> places, IEnumerable<int> values, int length)
    {
        var bytes = seed.ToArray();
        foreach (var (place, value) in places.Zip(values))
        {
            bytes[place] = (byte)value;
        }

        return bytes[..length];
    }
}
