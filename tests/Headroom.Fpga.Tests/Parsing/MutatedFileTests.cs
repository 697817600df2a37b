using System.Text;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Parsing.Plain;
using Headroom.Fpga.Rules;
using Headroom.Fpga.Surrogates;

namespace Headroom.Fpga.Tests.Parsing;

/// <summary>Good files of every format, damaged: the answer is a network that can be worked with or a clear refusal, and never costs much memory.</summary>
public sealed class MutatedFileTests
{
    private const int Rounds = 250;

    /// <summary>A file of a few kilobytes may cost a few megabytes of objects, whatever sizes it claims.</summary>
    private const long MostAllocatedBytes = 64L << 20;

    private static readonly NetworkLimits Small = new() { Layers = 200, DescriptionBytes = 1 << 20 };

    private static readonly Capacity Part = new BoardCatalogue().Find("pynq-z2")!.Capacity;

    public static TheoryData<string> Names => [.. GoodFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_good_file_is_read(string name) => Use(NetworkFile.Read(name, GoodFiles.All[name].Bytes, Small));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_read_or_refused_without_costing_much_memory(string name)
    {
        var good = GoodFiles.All[name];
        for (var seed = 0; seed < Rounds; seed++)
        {
            // Inside its packing every other time: from outside, an archive is refused by its checksums before its description is seen.
            var mutator = new Mutator(seed);
            var bytes = seed % 2 == 0 ? good.Pack(mutator.Damage(good.Description)) : mutator.Damage(good.Bytes);
            Bounded($"{name}, seed {seed}", () => Use(NetworkFile.Read(name, bytes, Small)));
        }
    }

    [Fact]
    public void A_damaged_configuration_is_read_or_refused_without_costing_much_memory()
    {
        var network = NetworkFile.Read("jets.json", Encoding.UTF8.GetBytes(ModelFiles.KerasSequential)).Network;
        for (var seed = 0; seed < 4 * Rounds; seed++)
        {
            var text = Encoding.UTF8.GetString(new Mutator(seed).Damage(GoodFiles.Configuration));
            Bounded($"configuration, seed {seed}", () => Use(new ParsedNetwork(network, "", Hls4mlYaml.Read(text).For(network))));
        }
    }

    private static void Bounded(string what, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (NetworkFormatException refused)
        {
            Assert.True(refused.Message.Length > 10, $"{what}: '{refused.Message}' says nothing");
        }
        catch (Exception crash)
        {
            throw new InvalidOperationException($"{what}: {crash.GetType().Name}: {crash.Message}", crash);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocatedBytes);
    }

    /// <summary>What a prediction does with a network, up to the features of the model.</summary>
    private static void Use(ParsedNetwork parsed)
    {
        var configuration = parsed.Configuration ?? new HlsConfiguration();
        Assert.InRange(parsed.Network.Parameters, 0, long.MaxValue);
        Assert.InRange(parsed.Network.MultiplyOperations, 0, Small.Operations);
        Assert.All(DesignFeatures.Of(DesignRules.Of(new Design(parsed.Network, configuration)), Part), feature => Assert.True(float.IsFinite(feature)));
        Assert.Equal(parsed.Network.Layers.Count, NetworkFile.Read(NetworkDocument.Write(parsed.Network), Small).Network.Layers.Count);
        _ = Hls4mlYamlWriter.Write(parsed.Network, configuration);
    }
}
