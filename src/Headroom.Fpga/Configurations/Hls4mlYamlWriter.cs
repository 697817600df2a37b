using System.Globalization;
using System.Text;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Rules;

namespace Headroom.Fpga.Configurations;

/// <summary>Writes a configuration as the YAML file that <c>hls4ml convert -c</c> reads.</summary>
public static class Hls4mlYamlWriter
{
    /// <summary>The reuse factor of every layer is written as the valid one hls4ml would take.</summary>
    public static string Write(Network network, HlsConfiguration configuration)
    {
        var text = new StringBuilder();
        void Line(int depth, string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');
        Line(0, $"ProjectName: {Identifier(network.Name)}");
        Line(0, "Backend: Vitis");
        Line(0, $"Part: {configuration.Part}");
        Line(0, string.Create(CultureInfo.InvariantCulture, $"ClockPeriod: {configuration.ClockPeriodNanoseconds:0.###}"));
        Line(0, $"IOType: {(configuration.IoType == IoType.Stream ? "io_stream" : "io_parallel")}");
        Line(0, "HLSConfig:");
        Line(1, "Model:");
        Line(2, $"Precision: {Type(configuration.Precision)}");
        Line(2, string.Create(CultureInfo.InvariantCulture, $"ReuseFactor: {configuration.ReuseFactor}"));
        Line(2, $"Strategy: {configuration.Strategy}");
        var layers = network.WeightedLayers.ToArray();
        if (layers.Length > 0)
        {
            Line(1, "LayerName:");
        }

        foreach (var layer in layers)
        {
            var rules = DesignRules.Of(layer, configuration);
            Line(2, $"{Quoted(layer.Name)}:");
            Line(3, "Precision:");
            Line(4, $"weight: {Type(configuration.WeightPrecisionOf(layer))}");
            Line(3, string.Create(CultureInfo.InvariantCulture, $"ReuseFactor: {rules.ReuseFactor}"));
            Line(3, $"Strategy: {rules.Strategy}");
        }

        return text.ToString();
    }

    private static string Type(FixedPoint precision) => $"ap_{precision}";

    private static string Identifier(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')) is { Length: > 0 } plain ? plain : "network";

    private static string Quoted(string name) => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
