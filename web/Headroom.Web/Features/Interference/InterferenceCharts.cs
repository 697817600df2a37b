using Headroom.Jobs.Interference;
using Headroom.Storage.Model;

namespace Headroom.Web.Features.Interference;

/// <summary>The page's charts as ECharts options.</summary>
internal static class InterferenceCharts
{
    /// <summary>The colour scale ends at least here, so that small costs stay pale.</summary>
    private const double LeastScalePercent = 20;

    private const double Percent = 100;

    /// <summary>A pause of more than this many windows is a gap in the line.</summary>
    private const int GapWindows = 3;

    private static readonly string[] Heat = ["var(--heat-0)", "var(--heat-1)", "var(--heat-2)", "var(--heat-3)", "var(--heat-4)", "var(--heat-5)"];

    public static object HeatMap(HurtPairs pairs) => new
    {
        Grid = new { Left = 8, Right = 24, Top = 8, Bottom = 54, ContainLabel = true },
        Tooltip = new { Trigger = "item" },
        XAxis = new { Type = "category", Data = pairs.Neighbours, AxisLabel = new { Interval = 0, Rotate = pairs.Neighbours.Count > 6 ? 35 : 0, Width = 130, Overflow = "truncate" } },
        YAxis = new { Type = "category", Inverse = true, Data = pairs.Sufferers.Select(line => line.Workload).ToArray(), AxisLabel = new { Width = 160, Overflow = "truncate" } },
        VisualMap = new
        {
            Min = 0, Max = Math.Max(LeastScalePercent, Math.Ceiling(pairs.Cells.Max(cell => cell.Costs) * Percent)), Orient = "horizontal", Left = 0, Bottom = 0, ItemHeight = 110, ItemWidth = 10,
            Unit = "%", Calculable = true, InRange = new { Color = Heat },
        },
        Series = new object[]
        {
            new
            {
                Name = "costs", Type = "heatmap", Unit = "%", ItemStyle = new { BorderColor = "var(--panel)", BorderWidth = 2, BorderRadius = 3 },
                Data = pairs.Cells.Select(cell => new[] { cell.Column, cell.Row, Math.Round(cell.Costs * Percent, 1) }).ToArray(),
            },
        },
    };

    /// <summary>Predicted performance over time with its band; windows outside the training range as hollow diamonds.</summary>
    public static object Course(IReadOnlyList<InterferencePredictionRow> rows, DateTimeOffset from, DateTimeOffset to) => new
    {
        Animation = false,
        Grid = new { Left = 8, Right = 24, Top = 30, Bottom = 8, ContainLabel = true },
        Legend = new { Top = 0, Left = 0, Data = new[] { Inside, Outside } },
        Tooltip = new { Trigger = "item", Unit = "1" },
        XAxis = new { Type = "time", Min = from.ToUnixTimeMilliseconds(), Max = to.ToUnixTimeMilliseconds(), AxisLabel = new { HideOverlap = true } },
        YAxis = new { Type = "value", Unit = "1", Min = 0, Max = Math.Max(1, Math.Ceiling(rows.Max(row => row.Upper) * 5) / 5) },
        Series = new object[]
        {
            new { Name = "lower", Type = "line", Stack = "band", StackStrategy = "all", Symbol = "none", Silent = true, LineStyle = new { Opacity = 0 }, Data = Points(rows, row => row.Lower) },
            new
            {
                Name = "interval", Type = "line", Stack = "band", StackStrategy = "all", Symbol = "none", Silent = true, LineStyle = new { Opacity = 0 },
                AreaStyle = new { Color = "var(--chart-1)", Opacity = 0.18 }, Data = Points(rows, row => row.Upper - row.Lower),
            },
            new
            {
                Name = Inside, Type = "line", Symbol = "circle", SymbolSize = 4, LineStyle = new { Color = "var(--chart-1)", Width = 1.6 }, ItemStyle = new { Color = "var(--chart-1)" },
                Data = Points(rows, row => row.Value), Z = 3,
            },
            new
            {
                Name = Outside, Type = "scatter", Symbol = "diamond", SymbolSize = 8, ItemStyle = new { Color = "var(--chart-5)" }, Z = 4,
                Data = rows.Where(row => row.OutsideTraining.Length > 0).Select(row => new object[] { row.At.ToUnixTimeMilliseconds(), Round(row.Value) }).ToArray(),
            },
        },
    };

    /// <summary>What moved the prediction, per resource.</summary>
    public static object Reasons(PredictionReasons reasons) => new
    {
        Grid = new { Left = 8, Right = 32, Top = 8, Bottom = 8, ContainLabel = true },
        Tooltip = new { Trigger = "item" },
        XAxis = new { Type = "value", Unit = "1" },
        YAxis = new { Type = "category", Inverse = true, Data = reasons.Resources.Select(part => InterferenceWords.Name(part.Resource)).ToArray() },
        Series = new object[]
        {
            new
            {
                Name = "moves the prediction by", Type = "bar", BarMaxWidth = 16, Unit = "1",
                Data = reasons.Resources.Select(part => new { Value = Round(part.Share), ItemStyle = new { Color = part.Share < 0 ? "var(--chart-2)" : "var(--chart-3)", BorderRadius = 2 } }).ToArray(),
            },
        },
    };

    private const string Inside = "predicted performance";

    private const string Outside = "outside the training range";

    private static object?[][] Points(IReadOnlyList<InterferencePredictionRow> rows, Func<InterferencePredictionRow, double> value)
    {
        var points = new List<object?[]>();
        for (var index = 0; index < rows.Count; index++)
        {
            if (index > 0 && rows[index].At - rows[index - 1].At > TimeSpan.FromSeconds(GapWindows * rows[index].WindowSeconds) && rows.Count < 1_000)
            {
                points.Add([rows[index - 1].At.ToUnixTimeMilliseconds() + 1, null]);
            }

            points.Add([rows[index].At.ToUnixTimeMilliseconds(), Round(value(rows[index]))]);
        }

        return [.. points];
    }

    private static double Round(double value) => Math.Round(value, 4);
}
