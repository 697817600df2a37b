using Headroom.Storage.Model;

namespace Headroom.Web.Features.Models;

/// <summary>The page's charts as ECharts options.</summary>
internal static class ModelCharts
{
    private static readonly string[] Colours = ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)", "var(--chart-5)", "var(--chart-6)"];

    /// <summary>Whether any error was measured on data that a version never saw.</summary>
    public static bool HasErrors(ModelView view) => Errors(view.Metrics).Any();

    /// <summary>Mean error on the hold-out at every measurement, a line per version.</summary>
    public static object Errors(ModelView view) => new
    {
        Grid = new { Left = 8, Right = 24, Top = 30, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Left = 0 },
        Tooltip = new { Trigger = "axis" },
        XAxis = new { Type = "time" },
        YAxis = new { Type = "value", Scale = true, Name = Errors(view.Metrics).First().Unit },
        Series = Errors(view.Metrics).GroupBy(metric => metric.VersionId).Select((points, index) => new
        {
            Name = view.NumberOf(points.Key),
            Type = "line",
            Symbol = "circle",
            SymbolSize = 8,
            LineStyle = new { Color = Colours[index % Colours.Length] },
            ItemStyle = new { Color = Colours[index % Colours.Length] },
            Data = points.Select(point => new object[] { point.At.ToUnixTimeMilliseconds(), Math.Round(point.Value, 5) }).ToArray(),
        }).ToArray(),
    };

    private static IEnumerable<ModelMetricRow> Errors(IEnumerable<ModelMetricRow> metrics) =>
        metrics.Where(metric => metric is { Source: "hold-out", Name: "mae", Slice: ModelMetricRow.Everything });
}
