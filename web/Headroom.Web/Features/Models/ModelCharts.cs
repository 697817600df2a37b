using Headroom.Storage.Model;

namespace Headroom.Web.Features.Models;

/// <summary>The page's charts as ECharts options.</summary>
internal static class ModelCharts
{
    private static readonly string[] Colours = ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)", "var(--chart-5)", "var(--chart-6)"];

    private const string HoldOut = "hold-out";

    /// <summary>Whether any error was measured on data that a version never saw.</summary>
    public static bool HasErrors(ModelView view) => Errors(view.Metrics).Any();

    /// <summary>Mean error at every measurement, a line per version and source: solid on the hold-out, dashed on late labels of live traffic.</summary>
    public static object Errors(ModelView view) => new
    {
        Grid = new { Left = 8, Right = 24, Top = 30, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Left = 0 },
        Tooltip = new { Trigger = "axis" },
        XAxis = new { Type = "time" },
        YAxis = new { Type = "value", Scale = true, Name = Errors(view.Metrics).First().Unit },
        Series = Errors(view.Metrics).GroupBy(metric => (metric.VersionId, metric.Source)).Select((points, index) => new
        {
            Name = points.Key.Source == HoldOut ? view.NumberOf(points.Key.VersionId) : $"{view.NumberOf(points.Key.VersionId)}, {points.Key.Source}",
            Type = "line",
            Symbol = "circle",
            SymbolSize = 8,
            LineStyle = new { Color = Colours[index % Colours.Length], Type = points.Key.Source == HoldOut ? "solid" : "dashed" },
            ItemStyle = new { Color = Colours[index % Colours.Length] },
            Data = points.Select(point => new object[] { point.At.ToUnixTimeMilliseconds(), Math.Round(point.Value, 5) }).ToArray(),
        }).ToArray(),
    };

    private static IEnumerable<ModelMetricRow> Errors(IEnumerable<ModelMetricRow> metrics) =>
        metrics.Where(metric => metric is { Source: HoldOut or ModelMetricRow.LateLabels, Name: "mae", Slice: ModelMetricRow.Everything });
}
