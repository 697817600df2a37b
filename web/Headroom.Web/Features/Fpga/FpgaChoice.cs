using System.Globalization;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Web.Features.Fpga;

/// <summary>What a person has chosen on the page; lives in the address.</summary>
public sealed record FpgaChoice
{
    /// <summary>The network that was sent instead of an example.</summary>
    public const string Uploaded = "uploaded";

    public string Network { get; init; } = "jet-tagger";

    public FixedPoint Precision { get; init; } = FixedPoint.Default;

    public int ReuseFactor { get; init; } = 16;

    public HlsStrategy Strategy { get; init; } = HlsStrategy.Resource;

    public IoType IoType { get; init; } = IoType.Parallel;

    /// <summary>Nanoseconds.</summary>
    public double Clock { get; init; } = 5;

    public string Board { get; init; } = "pynq-z2";

    /// <summary>Reuse factors of single layers, by name.</summary>
    public IReadOnlyDictionary<string, int> Layers { get; init; } = new Dictionary<string, int>();

    /// <summary>Reads the address; what cannot be read keeps its default.</summary>
    public static FpgaChoice Parse(string? network, string? precision, int? reuse, string? strategy, string? io, double? clock, string? board, string? layers)
    {
        var choice = new FpgaChoice();
        return choice with
        {
            Network = network is { Length: > 0 } ? network : choice.Network,
            Precision = FixedPoint.TryParse($"fixed<{precision}>") ?? choice.Precision,
            ReuseFactor = reuse is >= 1 ? reuse.Value : choice.ReuseFactor,
            Strategy = Enum.TryParse<HlsStrategy>(strategy, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : choice.Strategy,
            IoType = io == "stream" ? IoType.Stream : IoType.Parallel,
            Clock = clock is > 0 and <= 1000 ? clock.Value : choice.Clock,
            Board = board is { Length: > 0 } ? board : choice.Board,
            Layers = LayersOf(layers),
        };
    }

    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["network"] = Network,
        ["precision"] = string.Create(CultureInfo.InvariantCulture, $"{Precision.Bits},{Precision.IntegerBits}"),
        ["reuse"] = ReuseFactor,
        ["strategy"] = Strategy.ToString(),
        ["io"] = IoType == IoType.Stream ? "stream" : null,
        ["clock"] = Clock,
        ["board"] = Board,
        ["layers"] = Layers.Count == 0 ? null : string.Join(';', Layers.Select(layer => string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(layer.Key)}:{layer.Value}"))),
    };

    public HlsConfiguration ToConfiguration(BoardCatalogue boards) => new()
    {
        Precision = Precision,
        ReuseFactor = ReuseFactor,
        Strategy = Strategy,
        IoType = IoType,
        ClockPeriodNanoseconds = Clock,
        Part = boards.Find(Board)?.Part ?? Board,
        Layers = Layers.ToDictionary(layer => layer.Key, layer => new LayerOverride(ReuseFactor: layer.Value)),
    };

    /// <summary>What a configuration file says, as far as the page can show it.</summary>
    public FpgaChoice With(HlsConfiguration configuration, BoardCatalogue boards) => this with
    {
        Precision = configuration.Precision,
        ReuseFactor = configuration.ReuseFactor,
        Strategy = configuration.Strategy,
        IoType = configuration.IoType,
        Clock = configuration.ClockPeriodNanoseconds,
        Board = boards.Find(configuration.Part)?.Name ?? Board,
        Layers = configuration.Layers.Where(layer => layer.Value.ReuseFactor is not null).ToDictionary(layer => layer.Key, layer => layer.Value.ReuseFactor!.Value),
    };

    /// <summary>In a few words, for a comparison.</summary>
    public string Words() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Precision}, reuse {ReuseFactor}, {Strategy.ToString().ToLowerInvariant()}, {Clock:0.##} ns, {Board}{(Layers.Count == 0 ? "" : $", {Layers.Count} layers apart")}");

    private static Dictionary<string, int> LayersOf(string? text)
    {
        var layers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.LastIndexOf(':') is > 0 and var at && int.TryParse(entry[(at + 1)..], NumberStyles.Integer, CultureInfo.InvariantCulture, out var reuse) && reuse >= 1)
            {
                layers[Uri.UnescapeDataString(entry[..at])] = reuse;
            }
        }

        return layers;
    }
}
