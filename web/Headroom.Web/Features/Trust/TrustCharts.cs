using Headroom.Interference.Trust;
using Headroom.Storage.Interference;

namespace Headroom.Web.Features.Trust;

/// <summary>The page's charts as ECharts options.</summary>
internal static class TrustCharts
{
    /// <summary>Rolling coverage against the nominal level.</summary>
    public static object Coverage(TrustView view) => Lines(
        view.Report!.Rolling, [("coverage", point => point.Coverage, "var(--chart-1)")], 0, 1, ("nominal", view.Level));

    /// <summary>Rolling error and interval width.</summary>
    public static object Errors(TrustView view) => Lines(
        view.Report!.Rolling, [("mean absolute error", point => point.Mae, "var(--chart-2)"), ("interval width", point => point.Width, "var(--chart-1)")], 0, null, null);

    /// <summary>Predicted against measured performance; the diagonal is right.</summary>
    public static object Scatter(IReadOnlyList<JudgedLabel> labels)
    {
        var most = Math.Max(1, Math.Ceiling(labels.Max(label => Math.Max(label.Truth, label.Value)) * 5) / 5);
        return new
        {
            Grid = new { Left = 30, Right = 24, Top = 30, Bottom = 26, ContainLabel = true },
            Legend = new { Top = 0, Left = 0 },
            Tooltip = new { Trigger = "item", Unit = "1" },
            XAxis = new { Type = "value", Unit = "1", Min = 0, Max = most, Name = "measured", NameLocation = "middle", NameGap = 26 },
            YAxis = new { Type = "value", Unit = "1", Min = 0, Max = most, Name = "predicted", NameLocation = "middle", NameGap = 44 },
            Series = new object[]
            {
                Points("inside the interval", "circle", "var(--chart-1)", labels.Where(label => IsCovered(label))),
                Points("outside the interval", "diamond", "var(--chart-2)", labels.Where(label => !IsCovered(label))),
                new { Name = "right", Type = "line", Symbol = "none", Silent = true, LineStyle = new { Color = "var(--chart-8)", Type = "dashed", Width = 1 }, ItemStyle = new { Color = "var(--chart-8)" }, Data = new[] { new[] { 0.0, 0 }, [most, most] } },
            },
        };
    }

    public static bool IsCovered(JudgedLabel label) => label.Truth >= label.Lower && label.Truth <= label.Upper;

    private static object Points(string name, string symbol, string colour, IEnumerable<JudgedLabel> labels) => new
    {
        Name = name, Type = "scatter", Symbol = symbol, SymbolSize = 7, ItemStyle = new { Color = colour, Opacity = 0.7 },
        Data = labels.Select(label => new[] { Math.Round(label.Truth, 4), Math.Round(label.Value, 4) }).ToArray(),
    };

    private static object Lines(
        IReadOnlyList<TrustPoint> points, (string Name, Func<TrustPoint, double> Value, string Colour)[] lines, double min, double? max, (string Name, double At)? mark) => new
    {
        Animation = false,
        Grid = new { Left = 8, Right = 64, Top = 30, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Left = 0 },
        Tooltip = new { Trigger = "axis", Unit = "1" },
        XAxis = new { Type = "time", AxisLabel = new { HideOverlap = true } },
        YAxis = new { Type = "value", Unit = "1", Min = min, Max = max },
        Series = lines.Select((line, index) => new
        {
            line.Name,
            Type = "line",
            Symbol = "circle",
            SymbolSize = 4,
            LineStyle = new { Color = line.Colour, Width = 1.6 },
            ItemStyle = new { Color = line.Colour },
            Data = points.Select(point => new object[] { point.At.ToUnixTimeMilliseconds(), Math.Round(line.Value(point), 4) }).ToArray(),
            MarkLine = index > 0 || mark is not { } limit ? null : new
            {
                Symbol = "none",
                Silent = true,
                Label = new { Position = "end", Formatter = "{b}" },
                Data = new[] { new { limit.Name, YAxis = limit.At, LineStyle = new { Color = "var(--chart-8)", Type = "dashed", Width = 1.2 } } },
            },
        }).ToArray(),
    };
}
