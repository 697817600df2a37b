using System.Globalization;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using YamlDotNet.RepresentationModel;

namespace Headroom.Fpga.Configurations;

/// <summary>
/// hls4ml's configuration: the file of <c>hls4ml convert -c</c> (HLSConfig inside) or the dictionary of <c>config_from_keras_model</c> alone.
/// Settings go from Model over LayerType to LayerName, the narrower one wins.
/// </summary>
public sealed class Hls4mlYaml
{
    private readonly HlsConfiguration _whole;
    private readonly Dictionary<LayerKind, LayerOverride> _byKind = [];
    private readonly Dictionary<string, LayerOverride> _byName = new(StringComparer.Ordinal);

    private Hls4mlYaml(YamlMappingNode root, BoardCatalogue boards)
    {
        var hls = root.Map("HLSConfig") ?? root;
        var model = hls.Map("Model");
        var board = root.Text("Board");
        _whole = new HlsConfiguration
        {
            Precision = Precision(model, "default", "Model") ?? FixedPoint.Default,
            ReuseFactor = Reuse(model, "Model") ?? 1,
            Strategy = StrategyOf(model?.Text("Strategy"), "Model") ?? HlsStrategy.Latency,
            IoType = IoOf(root.Text("IOType") ?? hls.Text("IOType")),
            Part = root.Text("Part") ?? root.Text("XilinxPart") ?? PartOf(board, boards) ?? new HlsConfiguration().Part,
            ClockPeriodNanoseconds = Clock(root.Text("ClockPeriod")),
            ToolVersion = root.Text("Version"),
        };
        foreach (var (type, settings) in hls.Map("LayerType").Entries())
        {
            var kind = LayerNames.Kind(type) ?? throw new NetworkFormatException($"LayerType: '{type}' is no layer type we know.");
            _byKind[kind] = Override(settings, $"LayerType, {type}");
        }

        foreach (var (name, settings) in hls.Map("LayerName").Entries())
        {
            _byName[name] = Override(settings, $"LayerName, {name}");
        }
    }

    /// <summary>Layer names the configuration speaks of.</summary>
    public IReadOnlyCollection<string> LayerNamesGiven => _byName.Keys;

    /// <summary>Reads the text; YAML includes JSON.</summary>
    /// <exception cref="NetworkFormatException">It is no YAML, or a setting is none hls4ml has; the message names the setting.</exception>
    public static Hls4mlYaml Read(string text, BoardCatalogue? boards = null) => new(YamlText.Root(text), boards ?? new BoardCatalogue());

    /// <summary>The configuration for a network: layer types resolved to its layers' names.</summary>
    public HlsConfiguration For(Network network)
    {
        var layers = new Dictionary<string, LayerOverride>(StringComparer.Ordinal);
        foreach (var layer in network.Layers)
        {
            var merged = Merge(_byKind.GetValueOrDefault(layer.Kind), _byName.GetValueOrDefault(layer.Name));
            if (merged is not null && merged != new LayerOverride())
            {
                layers[layer.Name] = merged;
            }
        }

        return _whole with { Layers = layers };
    }

    /// <summary>Names in the configuration that the network has no layer for: probably a slip.</summary>
    public IReadOnlyList<string> UnknownNames(Network network) => [.. _byName.Keys.Except(network.Layers.Select(layer => layer.Name)).Order(StringComparer.Ordinal)];

    private static LayerOverride? Merge(LayerOverride? wide, LayerOverride? narrow) => wide is null || narrow is null ? narrow ?? wide : new LayerOverride(
        narrow.WeightPrecision ?? wide.WeightPrecision, narrow.ResultPrecision ?? wide.ResultPrecision, narrow.ReuseFactor ?? wide.ReuseFactor, narrow.Strategy ?? wide.Strategy);

    private static LayerOverride Override(YamlNode node, string place)
    {
        var settings = node as YamlMappingNode;
        return new LayerOverride(
            Precision(settings, "weight", place),
            Precision(settings, "result", place),
            Reuse(settings, place),
            StrategyOf(settings?.Text("Strategy"), place));
    }

    /// <summary>Precision is one text for everything, or a table per tensor; auto leaves it open.</summary>
    private static FixedPoint? Precision(YamlMappingNode? settings, string tensor, string place)
    {
        var text = settings?.Text("Precision") ?? settings?.Map("Precision")?.Text(tensor);
        return text is null || text.Equals("auto", StringComparison.OrdinalIgnoreCase)
            ? null
            : FixedPoint.TryParse(text) ?? throw new NetworkFormatException($"{place}: expected a Precision like ap_fixed<16,6> or auto, got '{text}'.");
    }

    private static int? Reuse(YamlMappingNode? settings, string place) => settings?.Text("ReuseFactor") is not { } text
        ? null
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var reuse) && reuse >= 1
            ? reuse
            : throw new NetworkFormatException($"{place}: expected a ReuseFactor of 1 or more, got '{text}'.");

    private static HlsStrategy? StrategyOf(string? text, string place) => text?.ToLowerInvariant() switch
    {
        null => null,
        "latency" or "unrolled" => HlsStrategy.Latency,
        "resource" => HlsStrategy.Resource,
        _ => throw new NetworkFormatException($"{place}: expected Strategy Latency or Resource, got '{text}'."),
    };

    private static IoType IoOf(string? text) => text?.ToLowerInvariant() switch
    {
        null or "io_parallel" => IoType.Parallel,
        "io_stream" => IoType.Stream,
        _ => throw new NetworkFormatException($"IOType: expected io_parallel or io_stream, got '{text}'."),
    };

    private static double Clock(string? text) => text is null
        ? 5
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var period) && period is > 0 and <= 1000
            ? period
            : throw new NetworkFormatException($"ClockPeriod: expected nanoseconds above 0 and up to 1000, got '{text}'.");

    private static string? PartOf(string? board, BoardCatalogue boards) => board is null ? null
        : boards.Find(board)?.Part ?? throw new NetworkFormatException($"Board: expected one of {string.Join(", ", boards.Boards.Select(known => known.Name))}, got '{board}'.");
}
