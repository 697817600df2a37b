using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;

namespace Headroom.Fpga.Tests.Configurations;

public sealed class Hls4mlYamlTests
{
    private static readonly Network Jets = DenseNetworks.Chain("jets", [16, 64, 32, 5]);

    private const string Text = """
        KerasJson: model.json
        OutputDir: my-hls-test
        ProjectName: jets
        Part: xcku115-flvb2104-2-i
        ClockPeriod: 4
        Backend: Vitis
        IOType: io_stream
        HLSConfig:
          Model:
            Precision: ap_fixed<16,6>
            ReuseFactor: 2
            Strategy: Resource
          LayerType:
            Dense:
              ReuseFactor: 8
          LayerName:
            dense_1:
              Precision:
                weight: ap_fixed<6,1>
                result: auto
              Strategy: Latency
            dense_2:
              ReuseFactor: 32
            dense_9:
              ReuseFactor: 1
        """;

    [Fact]
    public void Settings_go_from_model_over_type_to_name()
    {
        var document = Hls4mlYaml.Read(Text);
        var configuration = document.For(Jets);
        Assert.Equal(("xcku115-flvb2104-2-i", 4.0, IoType.Stream, HlsStrategy.Resource, 2), (configuration.Part, configuration.ClockPeriodNanoseconds, configuration.IoType, configuration.Strategy, configuration.ReuseFactor));
        Assert.Equal([8, 32, 8], Jets.Layers.Select(configuration.RequestedReuseOf));
        Assert.Equal([HlsStrategy.Latency, HlsStrategy.Resource, HlsStrategy.Resource], Jets.Layers.Select(configuration.StrategyOf));
        Assert.Equal([6, 16, 16], Jets.Layers.Select(layer => configuration.WeightPrecisionOf(layer).Bits));
        Assert.Equal(["dense_9"], document.UnknownNames(Jets));
    }

    [Fact]
    public void The_dictionary_of_config_from_keras_model_alone_is_read()
    {
        var configuration = Hls4mlYaml.Read("""
            Model: {Precision: {default: 'fixed<12,4>'}, ReuseFactor: 3, Strategy: resource, BramFactor: 1000000000}
            """).For(Jets);
        Assert.Equal((new FixedPoint(12, 4), 3, HlsStrategy.Resource), (configuration.Precision, configuration.ReuseFactor, configuration.Strategy));
    }

    [Fact]
    public void A_board_stands_for_its_part() => Assert.Equal("xc7z020clg400-1", Hls4mlYaml.Read("Board: pynq-z2\nModel: {ReuseFactor: 1}").For(Jets).Part);

    [Theory]
    [InlineData("Model: {Strategy: Fast}", "Strategy")]
    [InlineData("Model: {ReuseFactor: 0}", "ReuseFactor")]
    [InlineData("Model: {Precision: float}", "Precision")]
    [InlineData("IOType: io_wifi", "IOType")]
    [InlineData("ClockPeriod: -5", "ClockPeriod")]
    [InlineData("Board: toaster", "Board")]
    [InlineData("LayerType: {Attention: {ReuseFactor: 1}}", "Attention")]
    [InlineData("LayerName: {dense_1: {ReuseFactor: many}}", "LayerName, dense_1")]
    [InlineData("- a\n- b", "mapping")]
    [InlineData("a: b: c", "no YAML")]
    public void A_setting_hls4ml_does_not_have_is_named(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<NetworkFormatException>(() => Hls4mlYaml.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_reads_back_to_the_same_design()
    {
        var wanted = new HlsConfiguration
        {
            Precision = new FixedPoint(12, 5), ReuseFactor = 16, Strategy = HlsStrategy.Resource, IoType = IoType.Stream, Part = "xcu200-fsgd2104-2-e", ClockPeriodNanoseconds = 3.3,
            Layers = new Dictionary<string, LayerOverride> { ["dense_2"] = new(WeightPrecision: new FixedPoint(4, 1), ReuseFactor: 64) },
        };
        var back = Hls4mlYaml.Read(Hls4mlYamlWriter.Write(Jets, wanted)).For(Jets);
        Assert.Equal((wanted.Precision, wanted.Part, wanted.ClockPeriodNanoseconds, wanted.IoType), (back.Precision, back.Part, back.ClockPeriodNanoseconds, back.IoType));
        Assert.Equal(Jets.Layers.Select(wanted.WeightPrecisionOf), Jets.Layers.Select(back.WeightPrecisionOf));
        Assert.Equal([16, 64, 16], Jets.Layers.Select(back.RequestedReuseOf));
    }
}
