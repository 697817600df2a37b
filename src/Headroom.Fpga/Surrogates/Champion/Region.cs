using System.Collections.Concurrent;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// The kind of design a row is. Within a <see cref="Name"/>d region the tools do the same thing, so a rule holds or does not, and errors are alike
/// (Mondrian conformal prediction). A <see cref="Family"/> joins the regions that differ in strategy alone: unrolled logic is the same under both.
/// </summary>
internal sealed class Region
{
    private static readonly ConcurrentDictionary<Kind, Region> Known = new();

    private readonly Kind kind;
    private IReadOnlyList<Region>? kin;

    private Region(Kind kind)
    {
        this.kind = kind;
        Family = $"{kind.Shape}/{kind.Layers}/{kind.IoType}/{kind.Stage}";
        Name = $"{kind.Strategy}/{Family}";
    }

    public string Name { get; }

    public string Family { get; }

    /// <summary>
    /// The region itself and those most like it, the nearest first: the other strategy, the other report stage, the other way of handing on data. What
    /// was learnt of them is the best guess for a region training did not have.
    /// </summary>
    public IReadOnlyList<Region> Kin => kin ??=
    [
        .. from ioType in (IoType[])[kind.IoType, Other(kind.IoType)]
           from stage in (ReportStage[])[kind.Stage, Other(kind.Stage)]
           from strategy in (HlsStrategy[])[kind.Strategy, Other(kind.Strategy)]
           select Of(kind with { IoType = ioType, Stage = stage, Strategy = strategy }),
    ];

    public static Region Of(TrainingRow row)
    {
        var (all, none) = (true, true);
        foreach (var layer in row.Rules.Layers)
        {
            foreach (var product in layer.Products)
            {
                var unrolled = layer.Strategy == HlsStrategy.Latency || product.ReuseFactor == 1;
                (all, none) = (all && unrolled, none && !unrolled);
            }
        }

        var configuration = row.Record.Design.Configuration;
        return Of(new Kind(configuration.Strategy, all ? "unrolled" : none ? "folded" : "mixed", Layers(row), configuration.IoType, configuration.Stage));
    }

    private static Region Of(Kind kind) => Known.GetOrAdd(kind, static kind => new Region(kind));

    private static string Layers(TrainingRow row)
    {
        var kinds = row.Rules.Layers.Select(layer => layer.Layer.Kind switch
        {
            LayerKind.Dense => "dense",
            LayerKind.Lstm or LayerKind.Gru => "recurrent",
            _ => "convolution",
        }).Distinct().Order(StringComparer.Ordinal);
        return string.Join('+', kinds);
    }

    private static IoType Other(IoType ioType) => ioType == IoType.Parallel ? IoType.Stream : IoType.Parallel;

    private static ReportStage Other(ReportStage stage) => stage == ReportStage.LogicSynthesis ? ReportStage.HighLevelSynthesis : ReportStage.LogicSynthesis;

    private static HlsStrategy Other(HlsStrategy strategy) => strategy == HlsStrategy.Latency ? HlsStrategy.Resource : HlsStrategy.Latency;

    private readonly record struct Kind(HlsStrategy Strategy, string Shape, string Layers, IoType IoType, ReportStage Stage);
}
