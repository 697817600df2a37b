using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Jobs.Fpga;

namespace Headroom.Web.Features.Fpga;

/// <summary>The picture of a sweep: latency against the scarcest resource, a series per verdict, the front as a line, the chosen design on top.</summary>
internal static class TradeOffChart
{
    private const string Front = "best trade-offs";

    private static readonly (FitVerdict Verdict, string Color, string Symbol)[] Series =
    [
        (FitVerdict.Fits, "var(--chart-3)", "circle"), (FitVerdict.Uncertain, "var(--chart-5)", "diamond"), (FitVerdict.DoesNotFit, "var(--chart-8)", "rect"),
    ];

    public static object Option(SweepAnswer answer, DesignAssessment chosen) => new
    {
        grid = new { left = 8, right = 24, top = 40, bottom = 30, containLabel = true },
        legend = new { top = 0, left = 0 },
        tooltip = new { trigger = "item" },
        xAxis = new { type = "log", name = "latency", nameLocation = "middle", nameGap = 26, unit = "s", splitLine = new { show = false } },
        yAxis = new { type = "log", name = "scarcest resource", unit = "1" },
        series = Series.Select(series => (object)new
        {
            name = FpgaVerdict.WordOf(series.Verdict), type = "scatter", symbol = series.Symbol, symbolSize = 6, itemStyle = new { color = series.Color, opacity = 0.55 },
            data = Of(answer, series.Verdict).Select(Place), tooltip = new { show = true }, unit = "1",
        }).Concat(
        [
            new
            {
                name = Front, type = "line", symbolSize = 7, showAllSymbol = true, lineStyle = new { color = "var(--chart-1)", width = 2 }, itemStyle = new { color = "var(--chart-1)" },
                data = answer.Front.Select(index => answer.Points[index]).Where(IsDrawn).Select(Place), unit = "1", z = 3,
            },
            new
            {
                name = "chosen", type = "scatter", symbol = "pin", symbolSize = 34, itemStyle = new { color = "var(--chart-2)" },
                data = Chosen(chosen), z = 4, unit = "1",
            },
        ]),
    };

    /// <summary>The point behind an item of the chart; null for the chosen one itself.</summary>
    public static SweepAnswerPoint? PointOf(SweepAnswer answer, string series, int index)
    {
        var points = series == Front
            ? [.. answer.Front.Select(place => answer.Points[place]).Where(IsDrawn)]
            : Series.Where(known => FpgaVerdict.WordOf(known.Verdict) == series).SelectMany(known => Of(answer, known.Verdict)).ToList();
        return index >= 0 && index < points.Count ? points[index] : null;
    }

    private static List<SweepAnswerPoint> Of(SweepAnswer answer, FitVerdict verdict) =>
        [.. answer.Points.Where(point => point.Verdict == verdict.ToString() && IsDrawn(point))];

    // Both axes are logarithmic.
    private static bool IsDrawn(SweepAnswerPoint point) => point is { LatencyNanoseconds: > 0, Utilisation: > 0 };

    private static double[] Place(SweepAnswerPoint point) => [point.LatencyNanoseconds!.Value * 1e-9, point.Utilisation!.Value];

    private static double[][] Chosen(DesignAssessment design) =>
        design is { LatencyNanoseconds: > 0 and var latency, Fit.Tightest.Share: > 0 and var share } && double.IsFinite(share) ? [[latency * 1e-9, share]] : [];
}
